@NullMarked
package chat.jovial.edge;

import org.jspecify.annotations.NullMarked;
