@NullMarked
package chat.jovial.openapi;

import org.jspecify.annotations.NullMarked;
