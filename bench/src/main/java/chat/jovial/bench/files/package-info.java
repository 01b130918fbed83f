/** Files sent and fetched as fast as the machine allows, and files that survive killed servers. */
@NullMarked
package chat.jovial.bench.files;

import org.jspecify.annotations.NullMarked;
