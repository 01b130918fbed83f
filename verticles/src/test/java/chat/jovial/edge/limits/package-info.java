/** Tests of limits of the edge. */
@NullMarked
package chat.jovial.edge.limits;

import org.jspecify.annotations.NullMarked;
