@NullMarked
package chat.jovial.contract.mds;

import org.jspecify.annotations.NullMarked;
