/** Operations that clients call: who may, as whom, how often. */
@NullMarked
package chat.jovial.edge.operations;

import org.jspecify.annotations.NullMarked;
