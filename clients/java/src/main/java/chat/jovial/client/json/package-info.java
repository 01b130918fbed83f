/** Between the wire's JSON and the model. Not for apps. */
@NullMarked
package chat.jovial.client.json;

import org.jspecify.annotations.NullMarked;
