package io.xtcmk.core.steps;

import io.xtcmk.KeyRegistry;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.Phase;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.Blueprint.FollowUp;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Place;
import io.xtcmk.core.services.ReadSetting;
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

    /** A resource under a customer's key. */
    public static <R> Phase<EncryptedResource> encryption(
            Azure azure, Wanted wanted, Blueprint<R> blueprint, Patience patience, @Nullable Instant trustedSince) {
        EncryptedService<R> service = blueprint.service();
        ResourceId id = wanted.place().id();
        EncryptionStep<R> resource = new EncryptionStep<>(
                azure,
                blueprint,
                wanted.place(),
                wanted.setting(),
                wanted.mode(),
                patience.grant(trustedSince, wanted.key().grantedAt()),
                checks(azure, wanted));
        Optional<FollowUp<?>> followUp = blueprint.followUp(azure, resource, id, wanted.setting());
        List<Step<?>> steps = new ArrayList<>(resource.steps());
        followUp.map(FollowUp::step).ifPresent(steps::add);
        if (service.parts().isPresent()) {
            List<Step<?>> before = new ArrayList<>(List.of(resource));
            followUp.map(FollowUp::step).ifPresent(before::add);
            steps.add(HealingStep.after(resource, before, azure, service, id, patience));
        }
        return new Phase<>(steps, ledger -> {
            ReadSetting read = service.read(ledger.value(resource));
            KeyIdentifier inForce =
                    followUp.isPresent() ? keyInForce(followUp.get(), ledger).orElse(null) : read.versionInForce();
            return result(azure, wanted, read, inForce, ledger);
        });
    }

    private static <T> Optional<KeyIdentifier> keyInForce(FollowUp<T> followUp, Ledger ledger) {
        return followUp.keyInForce().apply(ledger.value(followUp.step()));
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

    /** A resource taken back to Microsoft's keys. */
    public static Phase<StepOutcome> microsoftKeys(Azure azure, EncryptedService<?> service, ResourceId id) {
        return only(new MicrosoftKeysStep<>(azure, service, id));
    }

    /** What a resource has closed, opened. */
    public static Phase<StepOutcome> healing(
            Azure azure, EncryptedService<?> service, ResourceId id, Patience patience) {
        return only(HealingStep.alone(azure, service, id, patience));
    }

    private static Phase<StepOutcome> only(Step<?> step) {
        return new Phase<>(List.of(step), ledger -> ledger.outcomes().get(0));
    }

    /** A new version of a key. */
    public static Phase<KeyIdentifier> rotation(
            Azure azure, AuthorizedKey key, @Nullable String ifCurrent, Patience patience) {
        KeyRotationStep step = new KeyRotationStep(azure, key.key(), LeastPrivilege.key(key), ifCurrent, patience);
        return new Phase<>(List.of(step), ledger -> ledger.value(step));
    }
}
