/** Collections and indexes of the User Management System in MongoDB, and conditional writes. */
@NullMarked
package chat.jovial.ums.store;

import org.jspecify.annotations.NullMarked;
