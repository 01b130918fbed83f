@NullMarked
package chat.jovial.bench;

import org.jspecify.annotations.NullMarked;
