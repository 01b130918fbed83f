/** Requests and replies of the Message Delivery System, and what it pushes to the edges. */
@NullMarked
package chat.jovial.contract.mds;

import org.jspecify.annotations.NullMarked;
