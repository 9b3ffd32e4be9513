package io.xtcmk.core;

import io.xtcmk.KeyRegistry;
import io.xtcmk.testing.KeyRegistryContract;

/** The registry of xtcmk-api, by the contract that implementers have. */
class InMemoryKeyRegistryTest extends KeyRegistryContract {

    @Override
    protected KeyRegistry registry() {
        return KeyRegistry.inMemory();
    }
}
