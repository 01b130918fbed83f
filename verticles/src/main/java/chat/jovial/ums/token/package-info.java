/** Signing keys, and the web tokens that they sign and verify. */
@NullMarked
package chat.jovial.ums.token;

import org.jspecify.annotations.NullMarked;
