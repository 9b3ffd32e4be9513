package io.xtcmk.core.steps;

import com.azure.resourcemanager.keyvault.fluent.models.DeletedVaultInner;
import com.azure.security.keyvault.keys.models.DeletedKey;

/** When a vault or key was deleted, and until when it can be recovered, in words. */
public final class Deletion {
    private Deletion() {}

    public static String of(DeletedVaultInner vault) {
        return text(vault.properties().deletionDate(), vault.properties().scheduledPurgeDate());
    }

    static String of(DeletedKey key) {
        return text(key.getDeletedOn(), key.getScheduledPurgeDate());
    }

    private static String text(Object deleted, Object purged) {
        return "deleted at " + deleted + ", and will be purged at " + purged;
    }
}
