@NullMarked
package chat.jovial.ums.password;

import org.jspecify.annotations.NullMarked;
