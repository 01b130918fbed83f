/**
 * The log of one conversation on three replicas: owners in succession, each of whose writes reaches
 * each replica at any time or never.
 */
@NullMarked
package chat.jovial.model.log;

import org.jspecify.annotations.NullMarked;
