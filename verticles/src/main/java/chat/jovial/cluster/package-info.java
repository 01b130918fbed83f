/** Who owns which conversations: a lease for each process, a claim for each shard. */
@NullMarked
package chat.jovial.cluster;

import org.jspecify.annotations.NullMarked;
