@NullMarked
package chat.jovial.ums.token;

import org.jspecify.annotations.NullMarked;
