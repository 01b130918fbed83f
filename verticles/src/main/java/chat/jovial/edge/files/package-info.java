/** Files over HTTP: their bytes come in and go out here, in chunks, and cross the bus to FSS. */
@NullMarked
package chat.jovial.edge.files;

import org.jspecify.annotations.NullMarked;
