/**
 * A lean client of the bridge protocol: it shares two cores with the server that it measures, so
 * frames are patched templates and answers are scanned, not parsed.
 */
@NullMarked
package chat.jovial.bench.wire;

import org.jspecify.annotations.NullMarked;
