@NullMarked
package chat.jovial.ums.account;

import org.jspecify.annotations.NullMarked;
