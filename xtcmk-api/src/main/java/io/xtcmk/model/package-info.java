/**
 * Values: ids, each of a type of its own, and the results of the phases. They are immutable and hold no secrets. Each result
 * converts to JSON and back, so that the next phase can run in another process:
 *
 * <pre>{@code
 * String json = key.toJsonString(); // in the customer's company
 *
 * AuthorizedKey received;
 * try (JsonReader reader = JsonProviders.createReader(json)) { // in the provider's
 *     received = AuthorizedKey.fromJson(reader);
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk.model;
