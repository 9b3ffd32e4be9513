package io.xtcmk.core.steps;

import com.azure.core.management.Region;
import com.azure.resourcemanager.keyvault.fluent.models.DeletedVaultInner;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.CreateMode;
import com.azure.resourcemanager.keyvault.models.Sku;
import com.azure.resourcemanager.keyvault.models.SkuFamily;
import com.azure.resourcemanager.keyvault.models.SkuName;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.resourcemanager.keyvault.models.VaultProvisioningState;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Conflict;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.Place;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The vault: RBAC, soft delete, purge protection. One that is there is never changed, for other things may live in it;
 * what makes it unfit is told.
 */
final class VaultStep implements Step<VaultStep.Vault> {
    private static final String REGISTERING = "RegisteringDns";
    private static final String DELETED_GONE = "DeletedVaultNotFound";
    private static final int LONGEST_RETENTION = 90;

    private final Azure azure;
    private final Place place;
    private final @Nullable Integer retentionDays;
    private final boolean premium;
    private final boolean recoverDeleted;
    private final Patience patience;
    private final SharedLook<VaultInner> look;
    private final Optional<ResourceGroupStep> group;

    VaultStep(
            Azure azure,
            Place place,
            @Nullable Integer retentionDays,
            boolean premium,
            boolean recoverDeleted,
            Patience patience) {
        this.azure = azure;
        this.place = place;
        this.retentionDays = retentionDays;
        this.premium = premium;
        this.recoverDeleted = recoverDeleted;
        this.patience = patience;
        this.look = new SharedLook<>(
                () -> azure.vaults().find(place.id().resourceGroup(), place.id().name()));
        this.group = place.region() == null
                ? Optional.empty()
                : Optional.of(new ResourceGroupStep(azure, place, roles(), look, true, List.of()));
    }

    /**
     * A vault.
     *
     * @param id its resource id
     * @param url its URL, with a slash at its end
     * @param resolves whether its name is registered; before, nobody can reach it
     */
    record Vault(ResourceId id, String url, boolean resolves) {}

    Optional<ResourceGroupStep> group() {
        return group;
    }

    @Override
    public String name() {
        return "keyVault";
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public boolean isCustomers() {
        return true;
    }

    @Override
    public String resource() {
        return place.id().toString();
    }

    @Override
    public List<RequiredRole> roles() {
        RequiredRole contributor = LeastPrivilege.keyVaultContributor(
                LeastPrivilege.group(place.id().subscriptionId(), place.id().resourceGroup()));
        return recoverDeleted
                ? List.of(
                        contributor,
                        LeastPrivilege.reader(
                                LeastPrivilege.subscription(place.id().subscriptionId())))
                : List.of(contributor);
    }

    @Override
    public List<Step<?>> needs() {
        return group.<List<Step<?>>>map(List::of).orElse(List.of());
    }

    @Override
    public State<Vault> look(Ledger ledger) {
        return look.now().value().map(this::compare).orElseGet(this::notThere);
    }

    private State<Vault> notThere() {
        if (!recoverDeleted) {
            return neverThere();
        }
        Optional<State<Vault>> deleted = deleted().map(vault -> State.deleted(Deletion.of(vault)));
        // Neither there nor deleted: another run may have recovered it between the two looks.
        return deleted.or(() -> look.now().value().map(this::compare)).orElseGet(this::neverThere);
    }

    /** Of the same resource id: one of another group can only be recovered there. */
    private Optional<DeletedVaultInner> deleted() {
        return azure.vaults()
                .deleted(place.id().name())
                .filter(vault ->
                        place.id().equals(Answered.resourceId(vault.properties().vaultId())));
    }

    private State<Vault> neverThere() {
        return place.region() == null ? State.missing("keyVault") : State.absent();
    }

    private State<Vault> compare(VaultInner inner) {
        VaultProperties properties = inner.properties();
        List<Difference> conflicts = new ArrayList<>(place.differences(inner.location()));
        if (!tenantId().value().equals(properties.tenantId())) {
            conflicts.add(new Difference("tenantId", tenantId().toString(), String.valueOf(properties.tenantId())));
        }
        expectTrue("enableRbacAuthorization", properties.enableRbacAuthorization(), conflicts);
        expectTrue("enablePurgeProtection", properties.enablePurgeProtection(), conflicts);
        // Soft delete cannot be switched off any more; vaults older than that say nothing.
        if (Boolean.FALSE.equals(properties.enableSoftDelete())) {
            conflicts.add(new Difference("enableSoftDelete", "true", "false"));
        }
        if (premium && properties.sku() != null && properties.sku().name() == SkuName.STANDARD) {
            conflicts.add(new Difference("sku.name", "premium", "standard"));
        }
        if (VaultNetwork.isClosed(properties)) {
            conflicts.add(new Difference("networkAcls.bypass", "AzureServices", "None"));
        }
        Integer days = properties.softDeleteRetentionInDays();
        if (retentionDays != null && !retentionDays.equals(days)) {
            conflicts.add(new Difference("softDeleteRetentionInDays", retentionDays.toString(), String.valueOf(days)));
        }
        return State.conflicts(vault(inner), conflicts);
    }

    private static void expectTrue(String property, @Nullable Boolean actual, List<Difference> conflicts) {
        if (!Boolean.TRUE.equals(actual)) {
            conflicts.add(new Difference(property, "true", actual == null ? null : actual.toString()));
        }
    }

    /** A vault of another run, or of a lost reply, may still be on its way. */
    @Override
    public Done<Vault> ensure(Ledger ledger) {
        Done<Vault> done = Step.super.ensure(ledger);
        if (!done.value().resolves()) {
            throw new AzureFailure(404, REGISTERING, "the vault's name is being registered", null, null, null);
        }
        return done;
    }

    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return failure.hasCode(REGISTERING)
                ? Optional.of(new Waiting("the vault's name to be registered", patience.directory()))
                : Optional.empty();
    }

    @Override
    public String conflictFix() {
        return "Change the vault by hand (purge protection: az keyvault update --enable-purge-protection; RBAC: az keyvault"
                + " update --enable-rbac-authorization, which ends its access policies; firewall: az keyvault update --bypass"
                + " AzureServices, without which no service reaches the key), or name another vault. What cannot be changed (region, retention): ask"
                + " for what is there; a vault named by its resource id may be in any region.";
    }

    @Override
    public String missingFix() {
        return "Check its id, or give resource group, name and region, so that it can be made.";
    }

    @Override
    public Done<Vault> make(Ledger ledger, State<Vault> state) {
        return state.isDeleted() ? recovered() : Done.created(vault(created()));
    }

    private Done<Vault> recovered() {
        DeletedVaultInner deleted = deleted()
                .orElseThrow(() -> new AzureFailure(
                        404, DELETED_GONE, "the deleted vault is not there any more", null, null, null));
        VaultProperties properties = new VaultProperties()
                .withTenantId(tenantId().value())
                .withSku(new Sku().withFamily(SkuFamily.A).withName(SkuName.STANDARD))
                .withCreateMode(CreateMode.RECOVER);
        State<Vault> vault = compare(put(deleted.properties().location(), properties));
        if (!vault.conflicts().isEmpty()) {
            throw new Conflict(vault.conflicts(), conflictFix());
        }
        return Done.updated(vault.found().orElseThrow());
    }

    private VaultInner put(String location, VaultProperties properties) {
        return azure.vaults()
                .create(
                        place.id().resourceGroup(),
                        place.id().name(),
                        new VaultCreateOrUpdateParameters()
                                .withLocation(location)
                                .withProperties(properties));
    }

    private VaultInner created() {
        Region region = place.regionToMakeIn();
        VaultProperties properties = new VaultProperties()
                .withTenantId(tenantId().value())
                .withSku(new Sku().withFamily(SkuFamily.A).withName(premium ? SkuName.PREMIUM : SkuName.STANDARD))
                .withAccessPolicies(List.of())
                .withEnableRbacAuthorization(true)
                .withEnableSoftDelete(true)
                .withSoftDeleteRetentionInDays(retentionDays == null ? LONGEST_RETENTION : retentionDays)
                .withEnablePurgeProtection(true);
        return put(region.name(), properties);
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.is(409, "Conflict")
                || failure.is(409, "ConflictingConcurrentWriteNotAllowed")
                || failure.is(404, DELETED_GONE);
    }

    private Vault vault(VaultInner inner) {
        String url = Optional.ofNullable(inner.properties().vaultUri())
                .orElseGet(() -> "https://" + place.id().name().toLowerCase(Locale.ROOT)
                        + azure.cloud().vaultSuffix() + "/");
        return new Vault(
                Answered.resourceId(inner.id()),
                Answered.vaultUrl(url),
                !VaultProvisioningState.REGISTERING_DNS.equals(
                        inner.properties().provisioningState()));
    }
}
