@NullMarked
package chat.jovial.mss.sync;

import org.jspecify.annotations.NullMarked;
