/**
 * Requests that always settle, tokens, and the way from a socket to an open session. Not for apps.
 */
@NullMarked
package chat.jovial.client.session;

import org.jspecify.annotations.NullMarked;
