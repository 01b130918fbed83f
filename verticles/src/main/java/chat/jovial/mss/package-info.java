/** The Message Storage System: the only code that touches the message tables. */
@NullMarked
package chat.jovial.mss;

import org.jspecify.annotations.NullMarked;
