/** Device sessions: login on a device, rotating refresh tokens, revocation. */
@NullMarked
package chat.jovial.ums.session;

import org.jspecify.annotations.NullMarked;
