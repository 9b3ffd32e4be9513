package io.xtcmk.core.diagnosis;

import io.xtcmk.TimeSource;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Evidence;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.Finding;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole walk, with as much sight as there is: each side's own links, and what an application's use of the key tells.
 * One thing after the other: a verification is about ten requests, and reads as a story in the services' logs.
 */
public final class ChainWalk {
    private static final List<Kind> CUSTOMERS =
            List.of(Kind.SERVICE_PRINCIPAL, Kind.ROLE_ASSIGNMENT, Kind.KEY_VAULT, Kind.KEY);
    private static final List<Kind> EXCHANGED =
            List.of(Kind.FEDERATED_IDENTITY_CREDENTIAL, Kind.APPLICATION, Kind.SERVICE_PRINCIPAL);
    private static final List<Kind> PROVIDERS =
            List.of(Kind.MANAGED_IDENTITY, Kind.FEDERATED_IDENTITY_CREDENTIAL, Kind.APPLICATION);

    /** {@link io.xtcmk.Verification} tells it. A walk takes some seconds where every service answers. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Subject subject;
    private final Optional<Azure> provider;
    private final Optional<Azure> customer;
    private final Optional<Azure> application;
    private final Map<Kind, DiagnosedLink> links = new EnumMap<>(Kind.class);
    private final List<Finding> findings = new ArrayList<>();
    private final Outlook outlook;

    /**
     * A walk to come; at least one of the two sides is given.
     *
     * @param subject what is verified
     * @param provider the provider's tenant, where it is open
     * @param customer the customer's tenant, where it is open
     * @param application the application in the customer's tenant, where this runs as its managed identity
     */
    public ChainWalk(Subject subject, Optional<Azure> provider, Optional<Azure> customer, Optional<Azure> application) {
        this.subject = subject;
        this.provider = provider;
        this.customer = customer;
        this.application = application;
        this.outlook = new Outlook(subject);
    }

    /** Walks; for two minutes at the most. */
    public Diagnosis walk() {
        Azure asking = provider.or(() -> customer).orElseThrow();
        try (Deadline deadline = new Deadline(asking.time(), LIMIT)) {
            walk(asking, deadline);
        }
        ClosedDatabases.judged(links).ifPresent(this::add);
        List<DiagnosedLink> inOrder = links.values().stream()
                .sorted(Comparator.comparing(DiagnosedLink::kind))
                .toList();
        TimeSource time = asking.time();
        findings.addAll(outlook.findings(time.now()));
        return new Diagnosis(time.now(), inOrder, findings);
    }

    private void walk(Azure asking, Deadline deadline) {
        provider.ifPresentOrElse(azure -> providersLinks(azure, deadline), this::providersUnseen);
        Optional<KeyIdentifier> inForce = resource(deadline);
        Eye eye = new Eye(asking.time(), subject.key().tenantId(), deadline);
        ChallengeLook challenge = new ChallengeLook(asking, eye, subject.key());
        customer.ifPresentOrElse(
                azure -> customersLinks(azure, challenge, inForce, deadline), () -> customersUnseen(challenge));
        application.ifPresent(azure -> probe(azure, inForce, deadline));
    }

    private void add(DiagnosedLink link) {
        links.put(link.kind(), link);
    }

    private void providersLinks(Azure azure, Deadline deadline) {
        ProviderSide side = new ProviderSide(azure, subject, deadline);
        side.links().forEach(this::add);
        findings.addAll(side.findings());
    }

    private void providersUnseen() {
        for (Kind kind : PROVIDERS) {
            add(Draft.providers(kind, subject.key().tenantId(), "of application " + subject.clientId())
                    .unseen(
                            "It is in the provider's tenant.",
                            Actor.PROVIDER,
                            "Have the provider verify the key, or the resource."));
        }
    }

    private Optional<KeyIdentifier> resource(Deadline deadline) {
        if (provider.isEmpty() || subject.resource().isEmpty()) {
            return Optional.empty();
        }
        ResourceLook look = new ResourceLook(provider.get(), subject.resource().get(), deadline);
        add(look.link());
        outlook.use(look.read());
        return look.inForce();
    }

    private void customersLinks(
            Azure azure, ChallengeLook challenge, Optional<KeyIdentifier> inForce, Deadline deadline) {
        Optional<String> providersTenant =
                provider.map(p -> p.connection().tenantId()).map(TenantId::toString);
        CustomerSide side = new CustomerSide(azure, subject, providersTenant, deadline);
        side.links(challenge, inForce).forEach(this::add);
        findings.addAll(side.findings());
        outlook.see(side.versions());
    }

    private void customersUnseen(ChallengeLook challenge) {
        TenantId tenant = subject.key().tenantId();
        for (Kind kind : CUSTOMERS) {
            Draft draft = Draft.customers(kind, tenant, resourceOf(kind));
            add(
                    kind == Kind.KEY_VAULT
                            ? challenge.only(draft)
                            : draft.unseen(
                                    "It is in the customer's tenant.",
                                    Actor.CUSTOMER,
                                    "Have the customer verify the key; or verify as the managed identity."));
        }
    }

    private String resourceOf(Kind kind) {
        return switch (kind) {
            case SERVICE_PRINCIPAL -> "of application " + subject.clientId();
            case ROLE_ASSIGNMENT -> RoleLook.NAME + " on " + subject.key().key();
            case KEY_VAULT -> subject.key().key().vaultUrl();
            default -> subject.key().key().toString();
        };
    }

    // what the use of the key tells

    private void probe(Azure asApplication, Optional<KeyIdentifier> inForce, Deadline deadline) {
        Probe probe = new Probe(asApplication, subject, inForce, deadline);
        probe.links().forEach(this::add);
        probe.told().values().forEach(this::learn);
        if (stateOf(Kind.TOKEN_EXCHANGE) == State.HOLDS) {
            // Not the identity: its token outlives it by up to a day.
            EXCHANGED.forEach(kind -> confirm(kind, Kind.TOKEN_EXCHANGE));
        }
        if (stateOf(Kind.WRAP_AND_UNWRAP) == State.HOLDS) {
            CUSTOMERS.forEach(kind -> confirm(kind, Kind.WRAP_AND_UNWRAP));
        }
    }

    private DiagnosedLink link(Kind kind) {
        return Objects.requireNonNull(links.get(kind));
    }

    private State stateOf(Kind kind) {
        return link(kind).state();
    }

    /** Takes what was told of a link that nobody could see. */
    private void learn(DiagnosedLink told) {
        DiagnosedLink known = link(told.kind());
        boolean explained = told.kind() == Kind.SERVICE_PRINCIPAL
                && told.state() == State.BROKEN
                && stateOf(Kind.APPLICATION) != State.HOLDS;
        if (known.state() == State.UNSEEN && !explained) {
            add(new DiagnosedLink(
                    told.kind(), told.state(), known.tenantId(), known.resource(), joined(known, told), told.remedy()));
        }
    }

    /** What was thought too fresh to work, or could not be read, and works. */
    private void confirm(Kind kind, Kind by) {
        DiagnosedLink known = link(kind);
        if (known.state() == State.NOT_YET || known.state() == State.UNREACHABLE || known.state() == State.UNSEEN) {
            add(new DiagnosedLink(
                    kind, State.HOLDS, known.tenantId(), known.resource(), joined(known, link(by)), null));
        }
    }

    private static List<Evidence> joined(DiagnosedLink one, DiagnosedLink other) {
        List<Evidence> all = new ArrayList<>(one.evidence());
        all.addAll(other.evidence());
        return all;
    }
}
