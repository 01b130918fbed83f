/** What a run found, for people and programs. */
@NullMarked
package chat.jovial.bench.chaos.report;

import org.jspecify.annotations.NullMarked;
