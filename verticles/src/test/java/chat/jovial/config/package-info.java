@NullMarked
package chat.jovial.config;

import org.jspecify.annotations.NullMarked;
