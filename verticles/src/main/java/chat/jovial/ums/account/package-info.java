/** Apps, users, logins and what an account contains. */
@NullMarked
package chat.jovial.ums.account;

import org.jspecify.annotations.NullMarked;
