/** What tests of all modules use; nothing of it is in a program that is shipped. */
@NullMarked
package chat.jovial.testing;

import org.jspecify.annotations.NullMarked;
