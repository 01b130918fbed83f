/** Tests of presence. */
@NullMarked
package chat.jovial.edge.presence;

import org.jspecify.annotations.NullMarked;
