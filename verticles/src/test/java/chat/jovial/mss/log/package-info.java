@NullMarked
package chat.jovial.mss.log;

import org.jspecify.annotations.NullMarked;
