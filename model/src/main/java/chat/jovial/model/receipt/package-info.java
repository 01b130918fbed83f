/** What a sender is told about what a reader holds and has seen. */
@NullMarked
package chat.jovial.model.receipt;

import org.jspecify.annotations.NullMarked;
