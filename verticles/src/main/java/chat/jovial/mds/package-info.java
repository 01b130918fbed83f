/**
 * The Message Delivery System: it owns conversations, decides what is stored and in which order,
 * and publishes it.
 */
@NullMarked
package chat.jovial.mds;

import org.jspecify.annotations.NullMarked;
