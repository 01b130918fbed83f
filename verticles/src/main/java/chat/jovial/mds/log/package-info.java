/** The log of a conversation as its owner holds it in memory: appending, recovery, receipts. */
@NullMarked
package chat.jovial.mds.log;

import org.jspecify.annotations.NullMarked;
