@NullMarked
package chat.jovial.keys;

import org.jspecify.annotations.NullMarked;
