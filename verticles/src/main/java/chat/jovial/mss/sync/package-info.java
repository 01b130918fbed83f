/** What is new for a device since its last sync. */
@NullMarked
package chat.jovial.mss.sync;

import org.jspecify.annotations.NullMarked;
