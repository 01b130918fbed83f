/** Memory that is used again. */
@NullMarked
package chat.jovial.memory;

import org.jspecify.annotations.NullMarked;
