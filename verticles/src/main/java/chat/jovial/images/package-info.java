/** Pictures that anybody may have made: how large they are, and small ones of them. */
@NullMarked
package chat.jovial.images;

import org.jspecify.annotations.NullMarked;
