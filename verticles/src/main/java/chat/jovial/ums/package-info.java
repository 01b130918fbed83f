/**
 * The User Management System: apps, users, credentials, device sessions and the keys that sign
 * tokens, on MongoDB. {@link chat.jovial.ums.Ums} makes what the verticles of a node share, {@link
 * chat.jovial.ums.UmsVerticle} answers the bus.
 */
@NullMarked
package chat.jovial.ums;

import org.jspecify.annotations.NullMarked;
