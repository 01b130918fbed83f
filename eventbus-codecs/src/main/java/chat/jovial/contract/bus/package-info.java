/** Calling an operation and serving it, over the event bus. */
@NullMarked
package chat.jovial.contract.bus;

import org.jspecify.annotations.NullMarked;
