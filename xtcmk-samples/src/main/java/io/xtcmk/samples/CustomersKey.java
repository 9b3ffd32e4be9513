package io.xtcmk.samples;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.models.KeyProperties;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.KeyIdentifier;
import java.time.Duration;
import java.util.Optional;

/** The customer's key in the customer's hands, by Microsoft's client. */
final class CustomersKey {
    private final TenantConnection customer;
    private final KeyIdentifier key;
    private final KeyClient client;

    CustomersKey(TenantConnection customer, KeyIdentifier key) {
        this.customer = customer;
        this.key = key;
        this.client = new KeyClientBuilder()
                .vaultUrl(key.vaultUrl())
                .credential(customer.credential())
                .httpClient(customer.httpClient().orElse(null))
                .buildClient();
    }

    /** Enables or disables it as soon as the role on the vault, just granted, is honoured. */
    void enable(boolean enabled) {
        Waiting.until(customer, "the role on the vault", Duration.ofMinutes(10), () -> enableIfAllowed(enabled));
    }

    private Optional<KeyProperties> enableIfAllowed(boolean enabled) {
        try {
            KeyProperties properties = client.getKey(key.keyName()).getProperties();
            return Optional.of(
                    client.updateKeyProperties(properties.setEnabled(enabled)).getProperties());
        } catch (HttpResponseException e) {
            if (e.getResponse().getStatusCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
