package io.xtcmk.core.steps;

import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.WebApplication;
import io.xtcmk.core.azure.Answered;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Done;
import io.xtcmk.core.engine.Ledger;
import io.xtcmk.core.engine.State;
import io.xtcmk.core.engine.Step;
import io.xtcmk.core.engine.Waiting;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.model.ApplicationObjectId;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.Difference;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The multi-tenant application, found by its unique name. One that is there is looked at before anything is written: an
 * upsert would take its display name and audience away without a word.
 */
final class ApplicationStep implements Step<ApplicationStep.Registered> {
    static final String MULTI_TENANT = "AzureADMultipleOrgs";

    private final Azure azure;
    private final String uniqueName;
    private final @Nullable String displayName;
    private final Set<String> redirectUris;
    private final Patience patience;

    ApplicationStep(
            Azure azure, String uniqueName, @Nullable String displayName, Set<String> redirectUris, Patience patience) {
        this.azure = azure;
        this.uniqueName = uniqueName;
        this.displayName = displayName;
        this.redirectUris = Set.copyOf(redirectUris);
        this.patience = patience;
    }

    /**
     * An app registration.
     *
     * @param objectId its object id
     * @param clientId its client id
     * @param redirectUris where administrators are sent after consent
     * @param createdAt when it was registered, by its own word; null where it does not say
     */
    record Registered(
            ApplicationObjectId objectId,
            ClientId clientId,
            Set<String> redirectUris,
            @Nullable Instant createdAt) {}

    @Override
    public String name() {
        return "application";
    }

    @Override
    public TenantId tenantId() {
        return azure.connection().tenantId();
    }

    @Override
    public String resource() {
        return "application " + uniqueName;
    }

    @Override
    public List<RequiredRole> roles() {
        return List.of(LeastPrivilege.applicationDeveloper());
    }

    @Override
    public State<Registered> look(Ledger ledger) {
        return azure.graph().application(uniqueName).map(this::compare).orElseGet(State::absent);
    }

    private State<Registered> compare(Application application) {
        Registered registered = registered(application);
        List<Difference> conflicts = conflicts(application);
        if (!conflicts.isEmpty()) {
            return State.conflicts(registered, conflicts);
        }
        List<Difference> differences = new ArrayList<>();
        if (displayName != null && !displayName.equals(application.getDisplayName())) {
            differences.add(new Difference("displayName", displayName, application.getDisplayName()));
        }
        if (!registered.redirectUris().containsAll(redirectUris)) {
            differences.add(new Difference(
                    "web.redirectUris",
                    "with " + redirectUris,
                    registered.redirectUris().toString()));
        }
        return State.differs(registered, differences);
    }

    /** An application with a secret of its own, or with another audience, was made for something else. */
    private static List<Difference> conflicts(Application application) {
        List<Difference> conflicts = new ArrayList<>();
        if (!MULTI_TENANT.equals(application.getSignInAudience())) {
            conflicts.add(new Difference("signInAudience", MULTI_TENANT, application.getSignInAudience()));
        }
        int passwords = sizeOf(application.getPasswordCredentials());
        if (passwords > 0) {
            conflicts.add(new Difference("passwordCredentials", "none", Integer.toString(passwords)));
        }
        int certificates = sizeOf(application.getKeyCredentials());
        if (certificates > 0) {
            conflicts.add(new Difference("keyCredentials", "none", Integer.toString(certificates)));
        }
        int permissions = sizeOf(application.getRequiredResourceAccess());
        if (permissions > 0) {
            conflicts.add(new Difference("requiredResourceAccess", "none", Integer.toString(permissions)));
        }
        return conflicts;
    }

    @Override
    public String conflictFix() {
        return "Use another unique name, or make this application multi-tenant and remove its secrets, certificates and"
                + " permissions: it must be trusted by its managed identity alone.";
    }

    @Override
    public Done<Registered> make(Ledger ledger, State<Registered> state) {
        Optional<Registered> there = state.found();
        if (there.isPresent()) {
            azure.graph().updateApplication(there.get().objectId().toString(), patch(there.get()));
            return Done.updated(there.get());
        }
        Application wanted = new Application();
        wanted.setDisplayName(displayName == null ? uniqueName : displayName);
        wanted.setSignInAudience(MULTI_TENANT);
        if (!redirectUris.isEmpty()) {
            wanted.setWeb(web(redirectUris));
        }
        return azure.graph()
                .upsertApplication(uniqueName, wanted)
                .map(made -> Done.created(registered(made)))
                // Another run made it between our look and our write.
                .orElseGet(() -> Done.unchanged(
                        registered(azure.graph().application(uniqueName).orElseThrow(() -> lost()))));
    }

    private AzureFailure lost() {
        return new AzureFailure(
                404,
                "Request_ResourceNotFound",
                "application " + uniqueName + " is not replicated yet",
                null,
                null,
                null);
    }

    private Application patch(Registered there) {
        Application patch = new Application();
        if (displayName != null) {
            patch.setDisplayName(displayName);
        }
        if (!redirectUris.isEmpty()) {
            Set<String> all = new LinkedHashSet<>(there.redirectUris());
            all.addAll(redirectUris);
            patch.setWeb(web(all));
        }
        return patch;
    }

    private static WebApplication web(Set<String> uris) {
        WebApplication web = new WebApplication();
        web.setRedirectUris(List.copyOf(uris));
        return web;
    }

    @Override
    public boolean isRace(AzureFailure failure) {
        return failure.status() == 409;
    }

    /** One that another run has made, or a try of ours whose answer was lost, is not to be seen everywhere at once. */
    @Override
    public Optional<Waiting> waitsFor(AzureFailure failure, Ledger ledger) {
        return failure.is(404, "Request_ResourceNotFound")
                ? Optional.of(new Waiting("the application to be replicated", patience.directory()))
                : Optional.empty();
    }

    private static Registered registered(Application application) {
        WebApplication web = application.getWeb();
        List<String> uris = web == null ? null : web.getRedirectUris();
        return new Registered(
                Answered.applicationObjectId(application.getId()),
                Answered.clientId(application.getAppId()),
                uris == null ? Set.of() : new LinkedHashSet<>(uris),
                application.getCreatedDateTime() == null
                        ? null
                        : application.getCreatedDateTime().toInstant());
    }

    private static int sizeOf(@Nullable List<?> list) {
        return list == null ? 0 : list.size();
    }
}
