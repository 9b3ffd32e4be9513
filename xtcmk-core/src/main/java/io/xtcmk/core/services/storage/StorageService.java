package io.xtcmk.core.services.storage;

import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.Encryption;
import com.azure.resourcemanager.storage.models.EncryptionIdentity;
import com.azure.resourcemanager.storage.models.Identity;
import com.azure.resourcemanager.storage.models.IdentityType;
import com.azure.resourcemanager.storage.models.KeySource;
import com.azure.resourcemanager.storage.models.KeyVaultProperties;
import com.azure.resourcemanager.storage.models.ProvisioningState;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.azure.resourcemanager.storage.models.UserAssignedIdentity;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.IdentityTypes;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Preparation;
import io.xtcmk.core.services.ReadSetting;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Storage accounts. */
public final class StorageService implements EncryptedService<StorageAccountInner> {

    /** For the service loader. */
    public StorageService() {}

    @Override
    public String title() {
        return "Storage";
    }

    @Override
    public List<ErrorCatalogue.Entry> errors() {
        return StorageErrors.ALL;
    }

    @Override
    public String type() {
        return "Microsoft.Storage/storageAccounts";
    }

    @Override
    public String label() {
        return "a storage account";
    }

    @Override
    public String name() {
        return "storageAccount";
    }

    @Override
    public RequiredRole contributor(ResourceId resource) {
        return LeastPrivilege.azure(
                "Storage Account Contributor",
                "17d1049b-9a84-46fb-8f53-869881c3d3ab",
                LeastPrivilege.group(resource.subscriptionId(), resource.resourceGroup()));
    }

    @Override
    public Look<StorageAccountInner> find(Azure azure, ResourceId resource) {
        return StorageAccounts.of(azure).find(resource.resourceGroup(), resource.name());
    }

    @Override
    public ReadSetting read(StorageAccountInner account) {
        ResourceId id = Answered.resourceId(account.id());
        Encryption encryption = account.encryption();
        if (encryption == null || !KeySource.MICROSOFT_KEYVAULT.equals(encryption.keySource())) {
            return ReadSetting.microsofts(id);
        }
        KeyVaultProperties vault = encryption.keyVaultProperties();
        EncryptionIdentity by = encryption.encryptionIdentity();
        ResourceId identity = by == null || blank(by.encryptionUserAssignedIdentity())
                ? null
                : Answered.resourceId(by.encryptionUserAssignedIdentity());
        return new ReadSetting(
                id,
                true,
                vault == null ? null : key(vault),
                vault == null ? null : inForce(vault),
                identity,
                isAttached(account, identity),
                by == null || blank(by.encryptionFederatedIdentityClientId())
                        ? null
                        : Answered.clientId(by.encryptionFederatedIdentityClientId()));
    }

    private static boolean isAttached(StorageAccountInner account, @Nullable ResourceId identity) {
        return account.identity() != null
                && ReadSetting.isAmong(account.identity().userAssignedIdentities(), identity);
    }

    @Override
    public boolean isBeingMade(StorageAccountInner account) {
        ProvisioningState state = account.provisioningState();
        return ProvisioningState.CREATING.equals(state) || ProvisioningState.RESOLVING_DNS.equals(state);
    }

    private static KeyIdentifier key(KeyVaultProperties vault) {
        KeyIdentifier key = Answered.key(vault.keyVaultUri(), vault.keyName());
        return blank(vault.keyVersion()) ? key : Answered.version(key, vault.keyVersion());
    }

    private static ReadSetting.@Nullable InForce inForce(KeyVaultProperties vault) {
        String current = vault.currentVersionedKeyIdentifier();
        return blank(current)
                ? null
                : new ReadSetting.InForce(Answered.key(current), blank(vault.keyVersion()), expires(vault));
    }

    /** Storage says 1970 of a version that does not end. */
    private static @Nullable Instant expires(KeyVaultProperties vault) {
        OffsetDateTime when = vault.currentVersionedKeyExpirationTimestamp();
        return when == null || when.toInstant().equals(Instant.EPOCH) ? null : when.toInstant();
    }

    /** An account has room for one user-assigned identity, so one that is attached and not asked for is replaced. */
    @Override
    public List<Difference> differences(Azure azure, StorageAccountInner account, CustomerKeySetting setting) {
        ReadSetting read = read(account);
        List<Difference> differences = new ArrayList<>(setting.differences(read));
        Set<String> others = otherIdentities(account, setting.identity());
        if (!read.customerManaged() && !others.isEmpty()) {
            differences.add(new Difference(
                    "identity.userAssignedIdentities", setting.identity() + " alone", String.join(", ", others)));
        }
        return differences;
    }

    private static Set<String> otherIdentities(StorageAccountInner account, ResourceId identity) {
        Identity old = account.identity();
        return old == null || old.userAssignedIdentities() == null
                ? Set.of()
                : old.userAssignedIdentities().keySet().stream()
                        .filter(id -> !Answered.resourceId(id).equals(identity))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String preparationName() {
        return "encryptionIdentity";
    }

    /**
     * Storage takes a new key or a new way to the key, not both at once: "The properties 'encryption.identity,
     * encryption.keyvaultproperties' cannot be updated in a single operation". The way comes first, so that Storage has
     * proven it with the key in force before that is left. Going over Microsoft's keys instead, as SQL does, would leave
     * the account without the customer's key if the new way turned out not to work.
     */
    @Override
    public Optional<Preparation<StorageAccountInner>> preparation(
            Azure azure, StorageAccountInner account, CustomerKeySetting setting) {
        ReadSetting read = read(account);
        KeyIdentifier inPlace = read.key();
        if (!read.customerManaged() || inPlace == null || setting.key().equals(inPlace) || !setting.isOtherWay(read)) {
            return Optional.empty();
        }
        CustomerKeySetting way = setting.withKey(inPlace);
        return Optional.of(new Preparation<>(
                setting.wayDifferences(read),
                List.of(new Difference("key", setting.key().toString(), inPlace.toString())),
                () -> update(azure, account, way)));
    }

    @Override
    public String preparationAdvice() {
        return "Storage changes application and key one after the other, so until both are changed the application of this"
                + " update needs its role on the key in force as well: have the customer authorize it on that key, or go over"
                + " Microsoft's keys with withMicrosoftKeys().update() and then update().";
    }

    @Override
    public StorageAccountInner update(Azure azure, StorageAccountInner account, CustomerKeySetting setting) {
        Encryption encryption = encryption(setting);
        if (setting.key().equals(read(account).key())) {
            // Spelled as it stands: another spelling might count as a change.
            encryption.withKeyVaultProperties(inPlace(account.encryption().keyVaultProperties()));
        } else if (setting.key().version() == null) {
            // A version that was pinned stays unless it is emptied.
            encryption.keyVaultProperties().withKeyVersion("");
        }
        return patch(
                azure,
                account,
                new StorageAccountUpdateParameters()
                        .withIdentity(onlyIdentity(account, setting.identity()))
                        .withEncryption(keepingOthers(account, encryption)));
    }

    private static KeyVaultProperties inPlace(KeyVaultProperties old) {
        return new KeyVaultProperties()
                .withKeyVaultUri(old.keyVaultUri())
                .withKeyName(old.keyName())
                .withKeyVersion(old.keyVersion());
    }

    /** Takes other user-assigned identities away, by a null, and leaves the account's own where it has one. */
    private static Identity onlyIdentity(StorageAccountInner account, ResourceId identity) {
        Map<String, UserAssignedIdentity> users = new LinkedHashMap<>();
        otherIdentities(account, identity).forEach(id -> users.put(id, null));
        users.put(identity.toString(), new UserAssignedIdentity());
        boolean system = account.identity() != null
                && IdentityTypes.includesSystemAssigned(account.identity().type());
        return new Identity()
                .withType(system ? IdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED : IdentityType.USER_ASSIGNED)
                .withUserAssignedIdentities(users);
    }

    @Override
    public StorageAccountInner clear(Azure azure, StorageAccountInner account) {
        Encryption encryption = new Encryption().withKeySource(KeySource.MICROSOFT_STORAGE);
        return patch(
                azure,
                account,
                new StorageAccountUpdateParameters().withEncryption(keepingOthers(account, encryption)));
    }

    private StorageAccountInner patch(
            Azure azure, StorageAccountInner account, StorageAccountUpdateParameters parameters) {
        ResourceId id = Answered.resourceId(account.id());
        return StorageAccounts.of(azure).update(id.resourceGroup(), id.name(), parameters);
    }

    static Encryption encryption(CustomerKeySetting setting) {
        KeyIdentifier key = setting.key();
        KeyVaultProperties vault =
                new KeyVaultProperties().withKeyVaultUri(key.vaultUrl()).withKeyName(key.keyName());
        if (key.version() != null) {
            vault.withKeyVersion(key.version());
        }
        return new Encryption()
                .withKeySource(KeySource.MICROSOFT_KEYVAULT)
                .withKeyVaultProperties(vault)
                .withEncryptionIdentity(new EncryptionIdentity()
                        .withEncryptionUserAssignedIdentity(setting.identity().toString())
                        .withEncryptionFederatedIdentityClientId(
                                setting.federatedClientId().toString()));
    }

    /** The settings beside the key: which services use it, and whether there is a second layer beneath. */
    private static Encryption keepingOthers(StorageAccountInner account, Encryption encryption) {
        Encryption old = account.encryption();
        return old == null
                ? encryption
                : encryption
                        .withServices(old.services())
                        .withRequireInfrastructureEncryption(old.requireInfrastructureEncryption());
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
