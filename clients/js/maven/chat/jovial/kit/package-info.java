@NullMarked
package chat.jovial.kit;

import org.jspecify.annotations.NullMarked;
