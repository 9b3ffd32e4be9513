/** Key Vault's data plane: keys and what is done with them. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.keyvault;
