@NullMarked
package chat.jovial.bench.wire;

import org.jspecify.annotations.NullMarked;
