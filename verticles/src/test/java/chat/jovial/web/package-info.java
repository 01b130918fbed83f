@NullMarked
package chat.jovial.web;

import org.jspecify.annotations.NullMarked;
