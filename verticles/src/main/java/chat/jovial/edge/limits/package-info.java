/** Limits that keep one client from harming the others. */
@NullMarked
package chat.jovial.edge.limits;

import org.jspecify.annotations.NullMarked;
