@NullMarked
package chat.jovial.access;

import org.jspecify.annotations.NullMarked;
