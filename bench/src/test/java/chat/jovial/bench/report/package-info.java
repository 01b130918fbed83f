@NullMarked
package chat.jovial.bench.report;

import org.jspecify.annotations.NullMarked;
