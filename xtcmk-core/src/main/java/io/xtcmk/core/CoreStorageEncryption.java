package io.xtcmk.core;

import io.xtcmk.StorageEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.steps.EncryptionPhases;
import io.xtcmk.core.steps.EncryptionPhases.Wanted;
import io.xtcmk.core.steps.Patience;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Phase 3 for storage accounts. */
final class CoreStorageEncryption extends BaseEncryption<StorageEncryption> implements StorageEncryption {
    private String sku = "Standard_LRS";

    CoreStorageEncryption(Azure azure, ResourceId id) {
        super(azure, id);
    }

    @Override
    StorageEncryption self() {
        return this;
    }

    @Override
    public StorageEncryption sku(String name) {
        this.sku = Names.sku(name);
        return this;
    }

    @Override
    Phase<EncryptedResource> phase(Wanted wanted, @Nullable Instant trustedSince) {
        return EncryptionPhases.storage(azure, wanted, sku, patience(), trustedSince);
    }

    @Override
    Phase<StepOutcome> microsoftKeys() {
        return EncryptionPhases.storageWithMicrosoftKeys(azure, id);
    }

    @Override
    Phase<StepOutcome> healing(Patience patience) {
        return EncryptionPhases.storageHealing(azure, id, patience);
    }
}
