/** Uploads: in one request, and resumable ones by tus 1.0. */
@NullMarked
package chat.jovial.edge.files.upload;

import org.jspecify.annotations.NullMarked;
