package io.xtcmk.core.steps;

import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.SignInRefused;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.KeyOwnershipException;
import io.xtcmk.exception.KeyOwnershipException.Reason;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** That the key bears the tag that was issued for the customer, read as the application in the customer's tenant. */
final class OwnershipTagStep implements Step<KeyIdentifier> {
    /** No consent, no trust in the identity, or both but not honoured yet. */
    private static final Set<String> NOT_YET =
            Set.of("AADSTS700016", "AADSTS7000229", "AADSTS70021", "AADSTS700211", "AADSTS700213");

    private final Azure application;
    private final AuthorizedKey key;
    private final OwnershipTag tag;
    private final Step<?> tenantCheck;
    private final Optional<Instant> grantDeadline;

    OwnershipTagStep(
            Azure application,
            AuthorizedKey key,
            OwnershipTag tag,
            Step<?> tenantCheck,
            Optional<Instant> grantDeadline) {
        this.application = application;
        this.key = key;
        this.tag = tag;
        this.tenantCheck = tenantCheck;
        this.grantDeadline = grantDeadline;
    }

    @Override
    public String name() {
        return "ownershipTag";
    }

    @Override
    public TenantId tenantId() {
        return key.tenantId();
    }

    @Override
    public boolean isCustomers() {
        return true;
    }

    @Override
    public boolean isCheck() {
        return true;
    }

    @Override
    public String resource() {
        return key.key().toString();
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.keyVaultCryptoServiceEncryptionUser(LeastPrivilege.key(key)));
    }

    @Override
    public List<Step<?>> needs() {
        return List.of(tenantCheck);
    }

    @Override
    public State<KeyIdentifier> look(Ledger ledger) {
        KeyIdentifier id = key.key();
        KeyVaultKey found = application
                .vaultKeys(id.vaultUrl())
                .find(id.keyName(), id.version())
                .orElseThrow(() -> new AzureFailure(404, "KeyNotFound", "there is no key " + id, null, null, null));
        Map<String, String> tags =
                Optional.ofNullable(found.getProperties().getTags()).orElse(Map.of());
        String name = OwnershipTag.name(key.clientId());
        Optional<String> actual = Optional.ofNullable(tags.get(name));
        if (actual.filter(this::isIssued).isPresent()) {
            return State.agrees(id);
        }
        return State.conflicts(
                id,
                List.of(new Difference(
                        "tags." + name,
                        "the tag that was issued",
                        actual.map(other -> "another").orElse(null))));
    }

    /** In a time that does not depend on how much of it is right. */
    private boolean isIssued(String value) {
        return MessageDigest.isEqual(bytes(tag.value()), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Done<KeyIdentifier> make(Ledger ledger, State<KeyIdentifier> state) {
        throw new IllegalStateException("only the customer tags the key");
    }

    @Override
    public String conflictFix() {
        return "Have the customer tag the key: by authorize() with ownershipTag, or by the command that"
                + " OwnershipTag.azureCliCommand gives. Who cannot, does not own the key.";
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        boolean mayBeFresh = failure.is(403, "ForbiddenByRbac")
                || (NOT_YET.contains(failure.code()) && !(failure instanceof SignInRefused));
        return mayBeFresh
                ? grantDeadline.map(end -> new Waiting("the customer's grant to be honoured", end))
                : Optional.empty();
    }

    @Override
    public Optional<CrossTenantCmkException> explain(Conflict conflict, Failure known) {
        boolean isThere = conflict.differences().get(0).actual() != null;
        Failure told = new Failure(
                "The key does not bear the tag that was issued for this customer: " + conflict.getMessage(),
                known.step(),
                known.tenantId(),
                known.resource(),
                null,
                isThere
                        ? "The key is another customer's, or the tag is of an earlier issue or of an earlier version."
                        : "The customer has not tagged the key yet, or cannot, because it is somebody else's.",
                known.actor(),
                known.fix(),
                known.done());
        return Optional.of(new KeyOwnershipException(told, isThere ? Reason.OTHER_TAG : Reason.NO_TAG, null));
    }
}
