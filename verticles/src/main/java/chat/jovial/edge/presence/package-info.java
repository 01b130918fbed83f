/** Presence: who is online, and who wants to know. */
@NullMarked
package chat.jovial.edge.presence;

import org.jspecify.annotations.NullMarked;
