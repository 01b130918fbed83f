/** The web app's many modules as one script, which takes one request to load. */
@NullMarked
package chat.jovial.edge.webapp;

import org.jspecify.annotations.NullMarked;
