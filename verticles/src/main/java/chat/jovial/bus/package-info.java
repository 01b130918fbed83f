/** How a service answers on the bus. */
@NullMarked
package chat.jovial.bus;

import org.jspecify.annotations.NullMarked;
