/** Which faults happen when: determined by a seed alone. */
@NullMarked
package chat.jovial.bench.chaos.plan;

import org.jspecify.annotations.NullMarked;
