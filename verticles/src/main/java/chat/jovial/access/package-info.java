/** Who may: tokens that were verified, and who is in a conversation now. */
@NullMarked
package chat.jovial.access;

import org.jspecify.annotations.NullMarked;
