@NullMarked
package chat.jovial.bench.check;

import org.jspecify.annotations.NullMarked;
