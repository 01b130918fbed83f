/**
 * The workloads: pairs that chat as fast as they can or at a fixed rate, and sessions that idle.
 */
@NullMarked
package chat.jovial.bench.load;

import org.jspecify.annotations.NullMarked;
