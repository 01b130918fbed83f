@NullMarked
package chat.jovial.fss.preview;

import org.jspecify.annotations.NullMarked;
