/** Rules that an app registers on the device. */
@NullMarked
package chat.jovial.client.trigger;

import org.jspecify.annotations.NullMarked;
