/** Who is online, and for whom it is to be seen. */
@NullMarked
package chat.jovial.contract.presence;

import org.jspecify.annotations.NullMarked;
