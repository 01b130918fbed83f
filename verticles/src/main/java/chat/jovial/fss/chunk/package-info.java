/** Encrypted chunks of files, on a connection tuned for large rows. */
@NullMarked
package chat.jovial.fss.chunk;

import org.jspecify.annotations.NullMarked;
