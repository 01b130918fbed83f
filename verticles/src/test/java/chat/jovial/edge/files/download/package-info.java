@NullMarked
package chat.jovial.edge.files.download;

import org.jspecify.annotations.NullMarked;
