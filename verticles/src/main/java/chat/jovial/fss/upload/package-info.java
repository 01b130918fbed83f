/** Uploads, from the first byte until they are files. */
@NullMarked
package chat.jovial.fss.upload;

import org.jspecify.annotations.NullMarked;
