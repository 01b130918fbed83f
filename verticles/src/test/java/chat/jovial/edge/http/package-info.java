@NullMarked
package chat.jovial.edge.http;

import org.jspecify.annotations.NullMarked;
