@NullMarked
package chat.jovial.bench.chaos.plan;

import org.jspecify.annotations.NullMarked;
