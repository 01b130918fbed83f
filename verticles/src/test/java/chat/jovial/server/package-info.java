@NullMarked
package chat.jovial.server;

import org.jspecify.annotations.NullMarked;
