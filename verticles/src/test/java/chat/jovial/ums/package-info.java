/** Tests of the User Management System. */
@NullMarked
package chat.jovial.ums;

import org.jspecify.annotations.NullMarked;
