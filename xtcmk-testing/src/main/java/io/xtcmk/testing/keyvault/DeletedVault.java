package io.xtcmk.testing.keyvault;

import java.time.Instant;

/**
 * A softly deleted vault. Its keys wait with it.
 *
 * @param vault what it was
 * @param deletedAt when it was deleted
 */
public record DeletedVault(Vault vault, Instant deletedAt) {

    public Instant purgeTime() {
        return vault.purgeTime(deletedAt);
    }
}
