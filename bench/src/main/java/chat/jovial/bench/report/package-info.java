/** What was measured, and how it is shown. */
@NullMarked
package chat.jovial.bench.report;

import org.jspecify.annotations.NullMarked;
