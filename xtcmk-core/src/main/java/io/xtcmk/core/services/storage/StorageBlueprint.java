package io.xtcmk.core.services.storage;

import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.Encryption;
import com.azure.resourcemanager.storage.models.EncryptionService;
import com.azure.resourcemanager.storage.models.EncryptionServices;
import com.azure.resourcemanager.storage.models.Identity;
import com.azure.resourcemanager.storage.models.IdentityType;
import com.azure.resourcemanager.storage.models.KeyType;
import com.azure.resourcemanager.storage.models.Kind;
import com.azure.resourcemanager.storage.models.MinimumTlsVersion;
import com.azure.resourcemanager.storage.models.Sku;
import com.azure.resourcemanager.storage.models.SkuName;
import com.azure.resourcemanager.storage.models.StorageAccountCreateParameters;
import com.azure.resourcemanager.storage.models.UserAssignedIdentity;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new storage account gets beside its key, and whether one that is there has it.
 *
 * @param sku the SKU's name
 */
public record StorageBlueprint(String sku) implements Blueprint<StorageAccountInner> {

    @Override
    public EncryptedService<StorageAccountInner> service() {
        return new StorageService();
    }

    @Override
    public StorageAccountInner create(Azure azure, Place place, CustomerKeySetting setting) {
        StorageAccountCreateParameters parameters = new StorageAccountCreateParameters()
                .withLocation(place.regionToMakeIn().name())
                .withKind(Kind.STORAGE_V2)
                .withSku(new Sku().withName(SkuName.fromString(sku)))
                .withMinimumTlsVersion(MinimumTlsVersion.TLS1_2)
                .withEnableHttpsTrafficOnly(true)
                .withAllowBlobPublicAccess(false)
                .withIdentity(new Identity()
                        .withType(IdentityType.USER_ASSIGNED)
                        .withUserAssignedIdentities(Map.of(setting.identity().toString(), new UserAssignedIdentity())))
                .withEncryption(StorageService.encryption(setting)
                        .withServices(new EncryptionServices()
                                .withBlob(onAccountKey())
                                .withFile(onAccountKey())));
        return StorageAccounts.of(azure)
                .create(place.id().resourceGroup(), place.id().name(), parameters);
    }

    private static EncryptionService onAccountKey() {
        return new EncryptionService().withEnabled(true).withKeyType(KeyType.ACCOUNT);
    }

    @Override
    public List<Difference> settings(StorageAccountInner account, Place place) {
        List<Difference> differences = new ArrayList<>(place.differences(account.location()));
        compare(differences, "kind", Kind.STORAGE_V2, account.kind());
        compare(
                differences,
                "sku.name",
                sku,
                account.sku() == null ? null : account.sku().name());
        String tls = String.valueOf(account.minimumTlsVersion());
        if (tls.compareTo(MinimumTlsVersion.TLS1_2.toString()) < 0) {
            differences.add(new Difference("minimumTlsVersion", MinimumTlsVersion.TLS1_2.toString(), tls));
        }
        compare(differences, "supportsHttpsTrafficOnly", true, account.enableHttpsTrafficOnly());
        compare(differences, "allowBlobPublicAccess", false, account.allowBlobPublicAccess());
        compare(differences, account.encryption());
        return differences;
    }

    private static void compare(List<Difference> differences, @Nullable Encryption encryption) {
        EncryptionServices services = encryption == null ? null : encryption.services();
        compare(differences, "encryption.services.blob", services == null ? null : services.blob());
        compare(differences, "encryption.services.file", services == null ? null : services.file());
    }

    private static void compare(List<Difference> differences, String service, @Nullable EncryptionService actual) {
        compare(differences, service + ".enabled", true, actual == null ? null : actual.enabled());
        compare(differences, service + ".keyType", KeyType.ACCOUNT, actual == null ? null : actual.keyType());
    }

    private static void compare(
            List<Difference> differences, String property, Object expected, @Nullable Object actual) {
        if (!expected.toString().equalsIgnoreCase(String.valueOf(actual))) {
            differences.add(new Difference(property, expected.toString(), actual == null ? null : actual.toString()));
        }
    }
}
