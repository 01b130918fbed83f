/** The conversations of a user, and the receipts of members. */
@NullMarked
package chat.jovial.mss.members;

import org.jspecify.annotations.NullMarked;
