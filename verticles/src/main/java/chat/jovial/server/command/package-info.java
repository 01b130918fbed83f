/** Commands of the command line. */
@NullMarked
package chat.jovial.server.command;

import org.jspecify.annotations.NullMarked;
