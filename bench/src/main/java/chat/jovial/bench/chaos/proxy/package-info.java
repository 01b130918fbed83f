/** Connections that can be cut, held and delayed. */
@NullMarked
package chat.jovial.bench.chaos.proxy;

import org.jspecify.annotations.NullMarked;
