@NullMarked
package chat.jovial.cassandra;

import org.jspecify.annotations.NullMarked;
