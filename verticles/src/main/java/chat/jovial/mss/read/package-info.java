/** Pages of history and of all messages of a user, for clients. */
@NullMarked
package chat.jovial.mss.read;

import org.jspecify.annotations.NullMarked;
