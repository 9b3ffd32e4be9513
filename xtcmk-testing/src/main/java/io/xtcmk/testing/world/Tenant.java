package io.xtcmk.testing.world;

import com.azure.core.management.AzureEnvironment;
import java.util.UUID;

/**
 * An Entra tenant.
 *
 * @param id its GUID
 * @param name what the test calls it; also the first label of its onmicrosoft.com domain
 * @param cloud the cloud in which it lives
 */
public record Tenant(UUID id, String name, AzureEnvironment cloud) {

    public String domain() {
        return name + ".onmicrosoft.com";
    }
}
