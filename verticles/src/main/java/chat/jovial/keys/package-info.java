/** Keys of the content at rest: made once, wrapped by a master key, destroyed permanently. */
@NullMarked
package chat.jovial.keys;

import org.jspecify.annotations.NullMarked;
