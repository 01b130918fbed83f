/** Password hashing on threads with a bounded queue. */
@NullMarked
package chat.jovial.ums.password;

import org.jspecify.annotations.NullMarked;
