/** Receipts: what a sender sees of what a reader has received and read. */
@NullMarked
package chat.jovial.model.receipt;

import org.jspecify.annotations.NullMarked;
