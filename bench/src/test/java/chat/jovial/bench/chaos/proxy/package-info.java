@NullMarked
package chat.jovial.bench.chaos.proxy;

import org.jspecify.annotations.NullMarked;
