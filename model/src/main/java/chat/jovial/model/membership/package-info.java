/** Who may write in a space and be shown what: what spaces are going to need. */
@NullMarked
package chat.jovial.model.membership;

import org.jspecify.annotations.NullMarked;
