@NullMarked
package chat.jovial.edge.files;

import org.jspecify.annotations.NullMarked;
