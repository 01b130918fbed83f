/** What senders, screens, local stores and the server's store say, as it was noted. */
@NullMarked
package chat.jovial.bench.chaos.evidence;

import org.jspecify.annotations.NullMarked;
