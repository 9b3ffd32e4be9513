package io.xtcmk.samples;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.xtcmk.TenantConnection;
import java.time.Duration;
import java.util.Optional;

/** A blob in the encrypted account, by Microsoft's client, which knows nothing of keys. */
final class Blob {
    private static final String CONTAINER = "letters";
    private static final String NAME = "hello.txt";

    private final TenantConnection provider;
    private final String account;
    private final BlobContainerClient container;

    Blob(TenantConnection provider, String account) {
        this.provider = provider;
        this.account = account;
        this.container = new BlobServiceClientBuilder()
                .endpoint(
                        "https://" + account + ".blob" + provider.environment().getStorageEndpointSuffix())
                .credential(provider.credential())
                .httpClient(provider.httpClient().orElse(null))
                .buildClient()
                .getBlobContainerClient(CONTAINER);
    }

    String url() {
        return container.getBlobClient(NAME).getBlobUrl();
    }

    /** Writes as soon as the role on the data, just granted, is honoured. */
    void write(String text) {
        Waiting.until(provider, "the role on blobs", Duration.ofMinutes(10), () -> writeIfAllowed(text));
    }

    private Optional<Boolean> writeIfAllowed(String text) {
        try {
            container.createIfNotExists();
            container.getBlobClient(NAME).upload(BinaryData.fromString(text), true);
            return Optional.of(true);
        } catch (BlobStorageException e) {
            if (BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH.equals(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    String read() {
        return container.getBlobClient(NAME).downloadContent().toString();
    }

    /** Reads until it is refused: the service may go on with the key that it has for a while. */
    BlobStorageException readUntilRefused() {
        return Waiting.until(provider, "the refusal", Duration.ofHours(1), () -> {
            try {
                read();
                return Optional.empty();
            } catch (BlobStorageException e) {
                return Optional.of(e);
            }
        });
    }

    /** Reads until it is answered. */
    String readUntilAnswered() {
        return Waiting.until(provider, "the return of the blob", Duration.ofHours(1), () -> {
            try {
                return Optional.of(read());
            } catch (BlobStorageException e) {
                return Optional.empty();
            }
        });
    }

    /** What lies on the disk. Only the fake lets one look. */
    Optional<byte[]> atRest(Azure azure) {
        return azure.fake().flatMap(fake -> fake.blobAtRest(account, CONTAINER, NAME));
    }
}
