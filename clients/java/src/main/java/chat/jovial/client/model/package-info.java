/**
 * What the kit shows of conversations: entries of the log as they are, and the view made of them.
 */
@NullMarked
package chat.jovial.client.model;

import org.jspecify.annotations.NullMarked;
