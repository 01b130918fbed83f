/**
 * Files on their way to the server and from it: over HTTP, on threads of their own. Not for apps.
 */
@NullMarked
package chat.jovial.client.files;

import org.jspecify.annotations.NullMarked;
