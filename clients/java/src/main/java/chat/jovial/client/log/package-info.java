/** The local view of the server's logs: sync, gaps, outbox, acknowledgements. Not for apps. */
@NullMarked
package chat.jovial.client.log;

import org.jspecify.annotations.NullMarked;
