/** Settings of a node, one record for each section. */
@NullMarked
package chat.jovial.server.settings;

import org.jspecify.annotations.NullMarked;
