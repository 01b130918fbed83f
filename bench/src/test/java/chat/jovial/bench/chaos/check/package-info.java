@NullMarked
package chat.jovial.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
