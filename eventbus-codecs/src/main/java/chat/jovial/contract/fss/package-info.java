/** Requests and replies of the File Store System: uploads and reads of files by the edge. */
@NullMarked
package chat.jovial.contract.fss;

import org.jspecify.annotations.NullMarked;
