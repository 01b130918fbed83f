@NullMarked
package chat.jovial.bench.chaos.device;

import org.jspecify.annotations.NullMarked;
