/** The one thread on which a client's state changes. Not for apps. */
@NullMarked
package chat.jovial.client.executor;

import org.jspecify.annotations.NullMarked;
