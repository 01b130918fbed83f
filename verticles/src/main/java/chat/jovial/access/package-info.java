/** Authorization: tokens that were verified, and membership of conversations now. */
@NullMarked
package chat.jovial.access;

import org.jspecify.annotations.NullMarked;
