/** What is broken: processes of a server and its stores. */
@NullMarked
package chat.jovial.bench.chaos.subject;

import org.jspecify.annotations.NullMarked;
