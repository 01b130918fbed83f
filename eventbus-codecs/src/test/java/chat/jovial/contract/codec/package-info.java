@NullMarked
package chat.jovial.contract.codec;

import org.jspecify.annotations.NullMarked;
