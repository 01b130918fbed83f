/**
 * Requests and replies of the Message Storage System: history for clients, the log tables for MDS.
 */
@NullMarked
package chat.jovial.contract.fss;

import org.jspecify.annotations.NullMarked;
