/**
 * What can go wrong. Every exception says who must act, and how:
 *
 * <pre>{@code
 * try {
 *     definition.create();
 * } catch (KeyAccessException e) {           // the chain to the customer's key is broken
 *     notify(e.actor(), e.fix());
 * } catch (CrossTenantCmkException e) {      // anything else that kept the phase from finishing
 *     log(e.step(), e.resource(), e.likelyCause(), e.azureAnswer());
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk.exception;
