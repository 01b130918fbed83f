@NullMarked
package chat.jovial.bus;

import org.jspecify.annotations.NullMarked;
