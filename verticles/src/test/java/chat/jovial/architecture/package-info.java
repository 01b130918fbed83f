@NullMarked
package chat.jovial.architecture;

import org.jspecify.annotations.NullMarked;
