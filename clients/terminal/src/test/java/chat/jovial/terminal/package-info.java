@NullMarked
package chat.jovial.terminal;

import org.jspecify.annotations.NullMarked;
