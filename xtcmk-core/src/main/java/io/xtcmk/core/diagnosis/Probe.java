package io.xtcmk.core.diagnosis;

import com.azure.security.keyvault.keys.cryptography.models.WrapResult;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.VaultKeys;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.steps.KeyFitness;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.KeyIdentifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chain as the services walk it: token exchange, get, wrap, unwrap. A refusal also tells which of the customer's links
 * is behind it, and a success that all of them hold.
 */
final class Probe {
    /** 32 bytes like a data key, and known to all: there is nothing in them to keep. */
    private static final byte[] NO_SECRET = "xtcmk verification: no secret ..".getBytes(StandardCharsets.US_ASCII);

    private final Subject subject;
    private final Optional<KeyIdentifier> inForce;
    private final Azure application;
    private final Eye eye;
    private final ProbeVerdicts verdicts;
    private final Map<Kind, DiagnosedLink> told = new EnumMap<>(Kind.class);

    /**
     * A probe to come.
     *
     * @param application the application in the customer's tenant, by the managed identity
     * @param subject what is verified
     * @param inForce the key's version that a resource uses, where that is known
     * @param deadline when all has to be seen
     */
    Probe(Azure application, Subject subject, Optional<KeyIdentifier> inForce, Deadline deadline) {
        this.application = application;
        this.subject = subject;
        this.inForce = inForce;
        this.eye = new Eye(application.time(), application.connection().tenantId(), deadline);
        this.verdicts = new ProbeVerdicts(subject, eye, told);
    }

    /** What the probe tells of links that it did not look at; to be asked after the links. */
    Map<Kind, DiagnosedLink> told() {
        return told;
    }

    /** The two links. */
    List<DiagnosedLink> links() {
        Draft exchange = Draft.customers(
                Kind.TOKEN_EXCHANGE, eye.tenantId(), "application " + subject.clientId() + " by its managed identity");
        Draft use = Draft.customers(
                Kind.WRAP_AND_UNWRAP, eye.tenantId(), subject.key().key().toString());
        Sight<Boolean> sight =
                eye.look(() -> application.signInForKeys(subject.key().key()));
        if (sight.failure().isPresent()) {
            DiagnosedLink refused =
                    verdicts.ofExchange(exchange, sight, sight.failure().get());
            return List.of(refused, eye.restsOn(use, "token exchange"));
        }
        verdicts.exchanged(sight);
        return List.of(exchange.saw(sight, "a token of the application").holds(), use(use));
    }

    private DiagnosedLink use(Draft draft) {
        KeyIdentifier key = subject.key().key();
        VaultKeys keys = application.vaultKeys(key.vaultUrl());
        Sight<Optional<KeyVaultKey>> got = eye.look(() -> keys.find(key.keyName(), key.version()));
        if (got.failure().isPresent()) {
            return verdicts.ofKey(draft, got, got.failure().get());
        }
        Optional<KeyVaultKey> found = got.value().flatMap(k -> k);
        if (found.isEmpty()) {
            return verdicts.noKey(draft, got);
        }
        String recovery = String.valueOf(found.get().getProperties().getRecoveryLevel());
        KeyFitness fitness = KeyFitness.of(found.get());
        draft.saw(got, fitness + ", recoveryLevel " + recovery);
        verdicts.got(got, recovery, fitness);
        KeyIdentifier current = Answered.key(found.get().getId());
        return inForce.filter(used -> used.version() != null && !used.equals(current))
                .flatMap(used -> older(draft, keys, used))
                .orElseGet(() -> wrap(draft, keys, current));
    }

    /** What stands against the version that a resource still uses; empty if nothing does. */
    private Optional<DiagnosedLink> older(Draft draft, VaultKeys keys, KeyIdentifier used) {
        Sight<Optional<KeyVaultKey>> got = eye.look(() -> keys.find(used.keyName(), used.version()));
        if (got.failure().isPresent()) {
            return Optional.of(verdicts.ofKey(draft, got, got.failure().get()));
        }
        Optional<KeyVaultKey> found = got.value().flatMap(k -> k);
        if (found.isEmpty()) {
            return Optional.of(verdicts.noKey(draft, got));
        }
        KeyFitness fitness = KeyFitness.of(found.get());
        draft.saw(got, "version " + used.version() + ": " + fitness);
        return verdicts.olderKey(draft, got, fitness);
    }

    private DiagnosedLink wrap(Draft draft, VaultKeys keys, KeyIdentifier key) {
        Sight<WrapResult> wrapped = eye.look(() -> keys.wrap(key, NO_SECRET));
        Optional<AzureFailure> refused = wrapped.failure();
        if (refused.isPresent()) {
            return verdicts.ofKey(draft, wrapped, refused.get());
        }
        draft.saw(wrapped, "wrapped");
        Sight<byte[]> unwrapped =
                eye.look(() -> keys.unwrap(key, wrapped.value().orElseThrow().getEncryptedKey()));
        if (unwrapped.failure().isPresent()) {
            return verdicts.ofKey(draft, unwrapped, unwrapped.failure().get());
        }
        draft.saw(unwrapped, "unwrapped");
        if (!Arrays.equals(NO_SECRET, unwrapped.value().orElseThrow())) {
            return draft.is(State.BROKEN, "WrongUnwrap");
        }
        verdicts.used(unwrapped);
        return draft.holds();
    }
}
