@NullMarked
package chat.jovial.client.store;

import org.jspecify.annotations.NullMarked;
