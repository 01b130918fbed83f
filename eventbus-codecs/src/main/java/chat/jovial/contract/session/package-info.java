/** Binding a connection to a user. */
@NullMarked
package chat.jovial.contract.session;

import org.jspecify.annotations.NullMarked;
