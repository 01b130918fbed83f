@NullMarked
package chat.jovial.server.launch;

import org.jspecify.annotations.NullMarked;
