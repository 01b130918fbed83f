/**
 * Real stores for a machine that has none: Cassandra as a supervised child process and a MongoDB
 * wire server on disk, both on loopback only. See {@code
 * docs/adr/0003-embedded-stores-and-their-durability.md} for what survives which failure.
 */
@NullMarked
package chat.jovial.embedded;

import org.jspecify.annotations.NullMarked;
