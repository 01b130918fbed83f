@NullMarked
package chat.jovial.contract;

import org.jspecify.annotations.NullMarked;
