/** Tests of the test support. */
@NullMarked
package chat.jovial.testing;

import org.jspecify.annotations.NullMarked;
