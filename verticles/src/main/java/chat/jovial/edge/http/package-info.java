/** Operations, pages and problems over HTTP. */
@NullMarked
package chat.jovial.edge.http;

import org.jspecify.annotations.NullMarked;
