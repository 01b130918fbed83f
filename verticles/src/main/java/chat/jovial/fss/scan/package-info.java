/** Malware scans of files, before anybody can read them. */
@NullMarked
package chat.jovial.fss.scan;

import org.jspecify.annotations.NullMarked;
