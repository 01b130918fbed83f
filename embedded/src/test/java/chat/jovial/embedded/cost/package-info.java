/**
 * What durability costs, measured: {@code mvn -q -pl embedded -am -Pfast,durability-cost verify}.
 */
@NullMarked
package chat.jovial.embedded.cost;

import org.jspecify.annotations.NullMarked;
