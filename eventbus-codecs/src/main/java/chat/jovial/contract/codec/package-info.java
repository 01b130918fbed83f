/**
 * How records travel between nodes: a version byte, a tag, JSON. Within a node nothing is copied.
 */
@NullMarked
package chat.jovial.contract.codec;

import org.jspecify.annotations.NullMarked;
