@NullMarked
package chat.jovial.contract.ums;

import org.jspecify.annotations.NullMarked;
