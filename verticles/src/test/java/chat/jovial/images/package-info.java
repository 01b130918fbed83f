@NullMarked
package chat.jovial.images;

import org.jspecify.annotations.NullMarked;
