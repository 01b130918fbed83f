@NullMarked
package chat.jovial.mss.read;

import org.jspecify.annotations.NullMarked;
