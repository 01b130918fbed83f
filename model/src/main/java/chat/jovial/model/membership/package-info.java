/**
 * Membership of a space: who may write in it and who may read what, as spaces are going to need.
 */
@NullMarked
package chat.jovial.model.membership;

import org.jspecify.annotations.NullMarked;
