/**
 * Explorer of models with finitely many states, which knows none of them: it meets every state
 * once, by breadth, and keeps the shortest way to a violation.
 */
@NullMarked
package chat.jovial.model.explore;

import org.jspecify.annotations.NullMarked;
