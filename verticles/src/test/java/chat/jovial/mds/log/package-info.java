@NullMarked
package chat.jovial.mds.log;

import org.jspecify.annotations.NullMarked;
