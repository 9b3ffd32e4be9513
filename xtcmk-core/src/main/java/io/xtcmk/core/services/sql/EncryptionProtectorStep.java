package io.xtcmk.core.services.sql;

import com.azure.resourcemanager.sql.fluent.models.EncryptionProtectorInner;
import com.azure.resourcemanager.sql.fluent.models.ServerInner;
import com.azure.resourcemanager.sql.models.ServerKeyType;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.Busy;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's encryption protector: confirms the key version in force, and sets whether it follows rotation. */
final class EncryptionProtectorStep implements Step<EncryptionProtectorStep.Protector> {
    private final Azure azure;
    private final Busy busy;
    private final Step<ServerInner> server;
    private final ResourceId id;
    private final KeyIdentifier key;
    private final @Nullable Boolean autoRotation;

    EncryptionProtectorStep(
            Azure azure, Step<ServerInner> server, ResourceId id, KeyIdentifier key, @Nullable Boolean autoRotation) {
        this.azure = azure;
        this.busy = Busy.from(azure.time().now());
        this.server = server;
        this.id = id;
        this.key = key;
        // A pinned version is in force only as long as nothing moves on from it.
        this.autoRotation = key.version() == null ? autoRotation : Boolean.FALSE;
    }

    /**
     * The protector as read.
     *
     * @param key the key version in force; null with Microsoft's keys
     * @param name the server key's name
     */
    record Protector(@Nullable KeyIdentifier key, String name) {}

    @Override
    public String name() {
        return "encryptionProtector";
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public String resource() {
        return id + "/encryptionProtector/current";
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(SqlService.contributorOn(id.toString()));
    }

    @Override
    public List<Step<?>> needs() {
        return List.of(server);
    }

    @Override
    public State<Protector> look(Ledger ledger) {
        Optional<ServerInner> there = ledger.find(server);
        if (there.isEmpty()) {
            return State.absent();
        }
        return compare(SqlServers.of(azure).protector(id.resourceGroup(), id.name()));
    }

    private State<Protector> compare(EncryptionProtectorInner inner) {
        KeyIdentifier inForce = ServerKeyType.AZURE_KEY_VAULT.equals(inner.serverKeyType()) && inner.uri() != null
                ? Answered.key(inner.uri())
                : null;
        Protector protector = new Protector(inForce, String.valueOf(inner.serverKeyName()));
        boolean same =
                inForce != null && (key.version() == null ? key.equals(inForce.versionless()) : key.equals(inForce));
        if (!same) {
            return State.conflicts(
                    protector,
                    List.of(new Difference(
                            "uri", key.toString(), inForce == null ? "Microsoft's keys" : inForce.toString())));
        }
        List<Difference> differences = new ArrayList<>();
        boolean rotates = Boolean.TRUE.equals(inner.autoRotationEnabled());
        if (autoRotation != null && autoRotation != rotates) {
            differences.add(new Difference("autoRotationEnabled", autoRotation.toString(), Boolean.toString(rotates)));
        }
        return State.differs(protector, differences);
    }

    @Override
    public String conflictFix() {
        return "The server says one key and its protector another: call update() to set both.";
    }

    @Override
    public Done<Protector> make(Ledger ledger, State<Protector> state) {
        Protector there = state.found().orElseThrow();
        EncryptionProtectorInner set = SqlServers.of(azure)
                .setProtector(
                        id.resourceGroup(),
                        id.name(),
                        new EncryptionProtectorInner()
                                .withServerKeyType(ServerKeyType.AZURE_KEY_VAULT)
                                .withServerKeyName(there.name())
                                .withAutoRotationEnabled(autoRotation));
        State<Protector> made = compare(set);
        if (!made.isAsAsked()) {
            List<Difference> differences = new ArrayList<>(made.conflicts());
            differences.addAll(made.differences());
            throw new Conflict(differences, "The service did not take the setting as sent: look at it, and run again.");
        }
        return Done.updated(made.found().orElseThrow());
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409 && !failure.isBusy();
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return busy.waiting(failure);
    }
}
