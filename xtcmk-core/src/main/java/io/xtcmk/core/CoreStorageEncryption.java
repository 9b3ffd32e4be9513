package io.xtcmk.core;

import io.xtcmk.StorageEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.storage.StorageBlueprint;
import io.xtcmk.core.services.storage.StorageService;
import io.xtcmk.model.ResourceId;

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
    Blueprint<?> blueprint(CustomerKeySetting setting) {
        return new StorageBlueprint(sku);
    }

    @Override
    EncryptedService<?> service() {
        return new StorageService();
    }
}
