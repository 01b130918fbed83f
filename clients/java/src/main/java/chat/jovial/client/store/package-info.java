/** The local message store: what a device keeps, and where. */
@NullMarked
package chat.jovial.client.store;

import org.jspecify.annotations.NullMarked;
