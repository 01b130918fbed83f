/** Tables of the file store in Cassandra, without the bytes of files. */
@NullMarked
package chat.jovial.fss.store;

import org.jspecify.annotations.NullMarked;
