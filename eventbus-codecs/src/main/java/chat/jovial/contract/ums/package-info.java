/**
 * Requests and replies of the User Management System: apps, users, credentials, device sessions.
 */
@NullMarked
package chat.jovial.contract.ums;

import org.jspecify.annotations.NullMarked;
