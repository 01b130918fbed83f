/** The stores that the integration tests run on. */
@NullMarked
package chat.jovial.stores;

import org.jspecify.annotations.NullMarked;
