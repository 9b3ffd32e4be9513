package io.xtcmk.testing.served;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.testing.imds.ImdsService;
import io.xtcmk.testing.world.Cloud;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names under which Azure's services are reached, in all clouds that the fake plays. */
final class AzureHosts {
    private AzureHosts() {}

    /** Names and wildcards for a certificate. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Cloud cloud : Cloud.values()) {
            AzureEnvironment environment = cloud.environment();
            names.addAll(cloud.loginHosts());
            names.addAll(cloud.graphHosts());
            names.add(URI.create(environment.getResourceManagerEndpoint()).getHost());
            names.add("*" + environment.getKeyVaultDnsSuffix());
            names.add("*.blob" + environment.getStorageEndpointSuffix());
        }
        names.add(ImdsService.IMDS_HOST);
        return names;
    }
}
