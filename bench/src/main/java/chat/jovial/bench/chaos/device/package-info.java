/** The users' devices: the Java kit on a local store that can crash at any commit. */
@NullMarked
package chat.jovial.bench.chaos.device;

import org.jspecify.annotations.NullMarked;
