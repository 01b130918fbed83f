@NullMarked
package chat.jovial.limits;

import org.jspecify.annotations.NullMarked;
