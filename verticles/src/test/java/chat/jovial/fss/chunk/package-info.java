@NullMarked
package chat.jovial.fss.chunk;

import org.jspecify.annotations.NullMarked;
