package io.xtcmk.core.steps;

import com.azure.resourcemanager.keyvault.fluent.models.KeyInner;
import com.azure.resourcemanager.keyvault.fluent.models.KeyProperties;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyOperation;
import com.azure.resourcemanager.keyvault.models.JsonWebKeyType;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.RequiredRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key through Resource Manager, whose create makes a key only if there is none and otherwise answers with the one
 * that is there: nothing is rotated by a repeat.
 */
final class ControlPlaneKeyStep extends KeyStep {

    ControlPlaneKeyStep(Azure azure, VaultStep vault, Asked asked, Patience patience) {
        super(azure, vault, asked, patience);
    }

    @Override
    List<RequiredRole> rolesToCreate() {
        return List.of(LeastPrivilege.keyVaultContributor(vault.resource()));
    }

    @Override
    Optional<KeyFitness> find(VaultStep.Vault where) {
        return key(where).map(KeyFitness::of);
    }

    private Optional<KeyInner> key(VaultStep.Vault where) {
        return azure.vaults().findKey(where.id().resourceGroup(), where.id().name(), keyName);
    }

    @Override
    Optional<KeyTag.Tagged> tags(VaultStep.Vault where) {
        return key(where)
                .map(key -> new KeyTag.Tagged(
                        Answered.key(key.keyUriWithVersion()),
                        Optional.ofNullable(key.tags()).orElse(Map.of())));
    }

    @Override
    Done<KeyIdentifier> create(VaultStep.Vault where) {
        KeyInner key = azure.vaults()
                .createKeyIfMissing(where.id().resourceGroup(), where.id().name(), keyName, parameters());
        State<KeyIdentifier> made = compare(where, KeyFitness.of(key));
        if (!made.conflicts().isEmpty()) {
            throw new Conflict(made.conflicts(), conflictFix());
        }
        return Done.created(keyIn(where));
    }

    private KeyCreateParameters parameters() {
        KeyCreateParameters parameters = new KeyCreateParameters()
                .withProperties(new KeyProperties()
                        .withKty(JsonWebKeyType.fromString(spec.keyType()))
                        .withKeySize(spec.bits())
                        .withKeyOps(List.of(JsonWebKeyOperation.WRAP_KEY, JsonWebKeyOperation.UNWRAP_KEY)));
        return tags.isEmpty() ? parameters : parameters.withTags(tags);
    }

    /** Another run made the key between our look and our write, and made it otherwise. */
    @Override
    boolean isCreatedByAnother(AzureFailure failure) {
        return failure.is(400, "KeyCreationParametersDidNotMatchExistingKey");
    }

    /** Resource Manager says no more than "Conflict", which to run again does not end. */
    @Override
    public Optional<CrossTenantCmkException> explain(AzureFailure failure, Failure known) {
        if (!isDeleted(failure)) {
            return Optional.empty();
        }
        Entry deleted = ErrorCatalogue.find("ObjectIsDeletedButRecoverable").orElseThrow();
        return Optional.of(new ResourceConflictException(
                new Failure(
                        known.summary(),
                        known.step(),
                        known.tenantId(),
                        known.resource(),
                        known.answer(),
                        deleted.cause(),
                        deleted.who().in(isCustomers()),
                        deleted.fix(),
                        known.done()),
                List.of(),
                failure));
    }
}
