@NullMarked
package chat.jovial.cluster;

import org.jspecify.annotations.NullMarked;
