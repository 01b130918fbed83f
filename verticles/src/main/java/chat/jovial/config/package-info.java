/** What an operator may set: where a value came from, what it may be, and what is wrong with it. */
@NullMarked
package chat.jovial.config;

import org.jspecify.annotations.NullMarked;
