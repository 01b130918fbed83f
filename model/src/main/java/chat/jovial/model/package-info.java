/**
 * Explores every state that the rules of a small model can reach; nothing here runs in a server.
 */
@NullMarked
package chat.jovial.model;

import org.jspecify.annotations.NullMarked;
