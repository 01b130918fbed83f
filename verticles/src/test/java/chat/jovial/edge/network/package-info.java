@NullMarked
package chat.jovial.edge.network;

import org.jspecify.annotations.NullMarked;
