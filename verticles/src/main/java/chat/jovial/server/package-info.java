/** One node: its settings, its start in the right order, its health, and its stop. */
@NullMarked
package chat.jovial.server;

import org.jspecify.annotations.NullMarked;
