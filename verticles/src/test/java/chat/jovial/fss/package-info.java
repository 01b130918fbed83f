@NullMarked
package chat.jovial.fss;

import org.jspecify.annotations.NullMarked;
