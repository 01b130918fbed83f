/** Quota, and removal of files and of their bytes. */
@NullMarked
package chat.jovial.fss.removal;

import org.jspecify.annotations.NullMarked;
