@NullMarked
package chat.jovial.client;

import org.jspecify.annotations.NullMarked;
