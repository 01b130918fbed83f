@NullMarked
package chat.jovial.embedded;

import org.jspecify.annotations.NullMarked;
