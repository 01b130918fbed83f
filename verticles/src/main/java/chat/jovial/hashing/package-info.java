/** Hashes of random secrets and public data; not for passwords. */
@NullMarked
package chat.jovial.hashing;

import org.jspecify.annotations.NullMarked;
