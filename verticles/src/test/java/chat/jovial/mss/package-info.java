@NullMarked
package chat.jovial.mss;

import org.jspecify.annotations.NullMarked;
