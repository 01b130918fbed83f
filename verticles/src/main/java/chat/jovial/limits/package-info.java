/** Limits on what runs at once, shared by the services. */
@NullMarked
package chat.jovial.limits;

import org.jspecify.annotations.NullMarked;
