/** Microsoft's clients over one pipeline: what is asked of Graph, Resource Manager and Key Vault, one class a service. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.azure;
