/** The file store: metadata, chunks, and what removes them. */
@NullMarked
package chat.jovial.fss;

import org.jspecify.annotations.NullMarked;
