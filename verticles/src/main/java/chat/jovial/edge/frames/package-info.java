/** Frames of the bridge protocol: read, written, closed. */
@NullMarked
package chat.jovial.edge.frames;

import org.jspecify.annotations.NullMarked;
