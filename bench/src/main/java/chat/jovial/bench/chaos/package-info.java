/**
 * Breaks a running Jovial in every way it can and checks what was promised: {@code ./jovial chaos}.
 */
@NullMarked
package chat.jovial.bench.chaos;

import org.jspecify.annotations.NullMarked;
