/**
 * The contract: the catalogue of operations, their records, the errors and the addresses. Whatever
 * speaks on the bus depends on this module, and on nothing else of the server.
 */
@NullMarked
package chat.jovial.contract;

import org.jspecify.annotations.NullMarked;
