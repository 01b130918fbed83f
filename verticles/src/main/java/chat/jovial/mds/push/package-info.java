/** Publishing to the connected devices what was committed. */
@NullMarked
package chat.jovial.mds.push;

import org.jspecify.annotations.NullMarked;
