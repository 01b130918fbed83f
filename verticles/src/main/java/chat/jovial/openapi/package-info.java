/** What app developers read, made from the catalogue: the OpenAPI document and the tables. */
@NullMarked
package chat.jovial.openapi;

import org.jspecify.annotations.NullMarked;
