/** Plays the scenarios of {@code clients/conformance/scenarios} with real kits on a real server. */
@NullMarked
package chat.jovial.conformance;

import org.jspecify.annotations.NullMarked;
