package io.xtcmk.core.steps;

import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import io.xtcmk.KeyRegistry;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.steps.EncryptionStep.Mode;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ManagedIdentity;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phase 3, and the day-2 verbs beside it. */
public final class EncryptionPhases {
    private EncryptionPhases() {}

    /**
     * What is asked for.
     *
     * @param place the resource, and where to make it
     * @param key the customer's key
     * @param setting with which key, identity and application
     * @param claim who claims the key, where
     * @param acceptUnreachableVault whether to go on where the key's vault cannot be asked to which tenant it belongs
     * @param create whether to create; otherwise to update
     */
    public record Wanted(
            Place place,
            AuthorizedKey key,
            CustomerKeySetting setting,
            Optional<Claimant> claim,
            boolean acceptUnreachableVault,
            boolean create) {
        Mode mode() {
            return create ? Mode.CREATE : Mode.UPDATE;
        }
    }

    /**
     * Who claims a key, and where.
     *
     * @param reference the provider's own name for the customer
     * @param registry remembers it
     */
    public record Claimant(String reference, KeyRegistry registry) {}

    /** Where the identity is by default, so are the resources. */
    public static Place place(ResourceId id, ManagedIdentity identity) {
        return new Place(id, identity.region());
    }

    /** A storage account. */
    public static Phase<EncryptedResource> storage(
            Azure azure, Wanted wanted, String sku, Patience patience, @Nullable Instant trustedSince) {
        StorageProfile profile = new StorageProfile(azure, sku);
        EncryptionStep<StorageAccountInner> account = new EncryptionStep<>(
                azure,
                profile,
                wanted.place(),
                wanted.setting(),
                wanted.mode(),
                patience.grant(trustedSince, wanted.key().grantedAt()),
                checks(azure, wanted));
        return new Phase<>(account.steps(), ledger -> {
            ReadSetting read = profile.read(ledger.value(account));
            return result(azure, wanted, read, read.versionInForce(), ledger);
        });
    }

    /** An Azure SQL server. */
    public static Phase<EncryptedResource> sql(
            Azure azure,
            Wanted wanted,
            @Nullable SqlAdministrator administrator,
            @Nullable Boolean autoRotation,
            Patience patience,
            @Nullable Instant trustedSince) {
        SqlServerProfile profile = new SqlServerProfile(azure, administrator);
        EncryptionStep<ServerInner> server = new EncryptionStep<>(
                azure,
                profile,
                wanted.place(),
                wanted.setting(),
                wanted.mode(),
                patience.grant(trustedSince, wanted.key().grantedAt()),
                checks(azure, wanted));
        EncryptionProtectorStep protector = new EncryptionProtectorStep(
                azure, server, wanted.place().id(), wanted.setting().key(), autoRotation);
        List<Step<?>> steps = new ArrayList<>(server.steps());
        steps.add(protector);
        steps.add(HealingStep.after(
                server,
                List.of(server, protector),
                azure,
                profile,
                wanted.place().id(),
                patience));
        return new Phase<>(
                steps,
                ledger -> result(
                        azure,
                        wanted,
                        profile.read(ledger.value(server)),
                        ledger.value(protector).key(),
                        ledger));
    }

    /** What must be so before anything is changed. */
    private static List<Step<?>> checks(Azure azure, Wanted wanted) {
        List<Step<?>> checks = new ArrayList<>();
        VaultTenantStep tenant = new VaultTenantStep(azure, wanted.key(), wanted.acceptUnreachableVault());
        checks.add(tenant);
        wanted.claim()
                .map(by -> new KeyClaimStep(
                        by.registry(),
                        new KeyRegistry.Claim(
                                by.reference(),
                                wanted.key().tenantId(),
                                wanted.key().key()),
                        tenant))
                .ifPresent(checks::add);
        return checks;
    }

    private static EncryptedResource result(
            Azure azure, Wanted wanted, ReadSetting read, @Nullable KeyIdentifier inForce, Ledger ledger) {
        return new EncryptedResource(
                read.id(),
                azure.connection().tenantId(),
                wanted.key(),
                inForce,
                Objects.requireNonNull(read.identity()),
                Objects.requireNonNull(read.federatedClientId()),
                ledger.outcomes());
    }

    /** A storage account taken back to Microsoft's keys. */
    public static Phase<StepOutcome> storageWithMicrosoftKeys(Azure azure, ResourceId id) {
        return withMicrosoftKeys(azure, new StorageProfile(azure, ""), id);
    }

    /** An Azure SQL server taken back to Microsoft's keys. */
    public static Phase<StepOutcome> sqlWithMicrosoftKeys(Azure azure, ResourceId id) {
        return withMicrosoftKeys(azure, new SqlServerProfile(azure, null), id);
    }

    /** What a storage account has closed, opened. */
    public static Phase<StepOutcome> storageHealing(Azure azure, ResourceId id, Patience patience) {
        return only(HealingStep.alone(azure, new StorageProfile(azure, ""), id, patience));
    }

    /** What an Azure SQL server has closed, opened. */
    public static Phase<StepOutcome> sqlHealing(Azure azure, ResourceId id, Patience patience) {
        return only(HealingStep.alone(azure, new SqlServerProfile(azure, null), id, patience));
    }

    private static Phase<StepOutcome> only(Step<?> step) {
        return new Phase<>(List.of(step), ledger -> ledger.outcomes().get(0));
    }

    private static <R> Phase<StepOutcome> withMicrosoftKeys(Azure azure, ServiceProfile<R> profile, ResourceId id) {
        return only(new MicrosoftKeysStep<>(azure, profile, id));
    }

    /** A new version of a key. */
    public static Phase<KeyIdentifier> rotation(
            Azure azure, AuthorizedKey key, @Nullable String ifCurrent, Patience patience) {
        KeyRotationStep step = new KeyRotationStep(azure, key.key(), LeastPrivilege.key(key), ifCurrent, patience);
        return new Phase<>(List.of(step), ledger -> ledger.value(step));
    }
}
