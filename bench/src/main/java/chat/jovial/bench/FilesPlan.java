package chat.jovial.bench;

/**
 * Plan of what to measure of files.
 *
 * @param bytes of each file
 * @param atOnce files sent or fetched at a time, after some one by one
 * @param kills of servers, for the part that does that
 * @param nodes of its cluster
 */
record FilesPlan(int bytes, int atOnce, int rounds, int kills, int nodes) {}
