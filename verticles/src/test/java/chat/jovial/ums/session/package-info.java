@NullMarked
package chat.jovial.ums.session;

import org.jspecify.annotations.NullMarked;
