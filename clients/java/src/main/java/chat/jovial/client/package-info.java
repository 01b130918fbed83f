/**
 * A kit for apps that chat over Jovial: {@link chat.jovial.client.JovialClient} and what configures
 * it. Apps also use {@code model}, {@code store} and {@code trigger}; the other packages are the
 * kit's own.
 */
@NullMarked
package chat.jovial.client;

import org.jspecify.annotations.NullMarked;
