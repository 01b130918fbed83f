/** Sockets, frames, backoff. Not for apps, but for {@code Endpoint}. */
@NullMarked
package chat.jovial.client.connection;

import org.jspecify.annotations.NullMarked;
