@NullMarked
package chat.jovial.bench.chaos;

import org.jspecify.annotations.NullMarked;
