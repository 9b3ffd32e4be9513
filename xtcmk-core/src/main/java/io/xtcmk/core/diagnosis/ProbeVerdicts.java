package io.xtcmk.core.diagnosis;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.SignInRefused;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.core.steps.KeyFitness;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the answers to a probe tell: of the probe itself, and of the links behind it. */
final class ProbeVerdicts {
    private static final Set<String> NO_TRUST = Set.of(
            "AADSTS70021",
            "AADSTS700211",
            "AADSTS700212",
            "AADSTS7002121",
            "AADSTS700213",
            "AADSTS7002137",
            "AADSTS7002138");
    private static final Set<String> NOT_HERE = Set.of(
            OwnCodes.NO_CREDENTIAL,
            OwnCodes.SYSTEM_ASSIGNED_ONLY,
            OwnCodes.IDENTITY_NOT_ASSIGNED,
            OwnCodes.IDENTITY_ENDPOINT_REFUSED);
    private static final Set<String> FIREWALL = Set.of("ForbiddenByFirewall", "ForbiddenByConnection");
    private static final Set<String> KEY = Set.of("KeyDisabled", "KeyNotYetValidOrExpired");

    private final Subject subject;
    private final Eye eye;
    private final Map<Kind, DiagnosedLink> told;

    ProbeVerdicts(Subject subject, Eye eye, Map<Kind, DiagnosedLink> told) {
        this.subject = subject;
        this.eye = eye;
        this.told = told;
    }

    private Draft draft(Kind kind, Sight<?> sight, String says) {
        String resource = switch (kind) {
            case SERVICE_PRINCIPAL -> "of application " + subject.clientId();
            case ROLE_ASSIGNMENT -> RoleLook.NAME + " on " + subject.key().key();
            case KEY_VAULT -> subject.key().key().vaultUrl();
            default -> subject.key().key().toString();
        };
        return Draft.customers(kind, eye.tenantId(), resource).saw(sight, says);
    }

    private void tell(Kind kind, DiagnosedLink link) {
        told.put(kind, link);
    }

    /** What was told of the newest version counts for more. */
    private void tellUnlessBroken(Kind kind, DiagnosedLink link) {
        DiagnosedLink before = told.get(kind);
        if (before == null || before.state() == State.HOLDS) {
            tell(kind, link);
        }
    }

    // token exchange

    void exchanged(Sight<?> sight) {
        tell(
                Kind.SERVICE_PRINCIPAL,
                draft(Kind.SERVICE_PRINCIPAL, sight, "the application gets a token here")
                        .holds());
    }

    DiagnosedLink ofExchange(Draft draft, Sight<?> sight, AzureFailure failure) {
        draft.saw(sight, "-");
        String code = failure.code().toUpperCase(Locale.ROOT);
        if (Draft.isNotTheServices(failure)) {
            return draft.failed(failure, Optional.empty());
        }
        if (NOT_HERE.contains(failure.code())) {
            // That this program has no identity's token says nothing of the chain.
            return draft.is(State.UNSEEN, Draft.remedy(failure));
        }
        if (failure instanceof SignInRefused) {
            return draft.is(State.BROKEN, Draft.remedy(failure));
        }
        if (code.equals("AADSTS7000229")) {
            boolean had = subject.key().servicePrincipalId() != null;
            return same(Kind.SERVICE_PRINCIPAL, draft, sight, had ? State.REVOKED : State.BROKEN, code);
        }
        if (code.equals("AADSTS700016")) {
            // The application may be gone or single-tenant as well: no word on what the customer did.
            return same(Kind.SERVICE_PRINCIPAL, draft, sight, State.BROKEN, code);
        }
        if (code.equals("AADSTS7000112")) {
            return same(Kind.SERVICE_PRINCIPAL, draft, sight, State.REVOKED, code);
        }
        Optional<Instant> fresh = subject.trustFreshUntil(eye.now()).filter(until -> NO_TRUST.contains(code));
        return fresh.map(until ->
                        draft.notYet(code, "The application's trust in the identity is only minutes old.", until))
                .orElseGet(() -> draft.is(State.BROKEN, Draft.remedy(failure)));
    }

    // key

    void got(Sight<?> sight, String recovery, KeyFitness fitness) {
        Draft vault = draft(Kind.KEY_VAULT, sight, "recoveryLevel is " + recovery);
        boolean isProtected = !recovery.isEmpty() && !recovery.contains("Purgeable");
        tell(Kind.KEY_VAULT, isProtected ? vault.holds() : vault.is(State.BROKEN, "KeyVaultPolicyError"));
        Draft key = draft(Kind.KEY, sight, fitness.toString());
        tell(Kind.KEY, KeyVerdict.toUse(key, fitness, eye.now()).orElseGet(key::holds));
    }

    /** A version that a resource still uses; empty if it will do. */
    Optional<DiagnosedLink> olderKey(Draft draft, Sight<?> sight, KeyFitness fitness) {
        Optional<DiagnosedLink> wrong = KeyVerdict.toUnwrap(draft(Kind.KEY, sight, fitness.toString()), fitness);
        wrong.ifPresent(link -> tellUnlessBroken(Kind.KEY, link));
        return wrong.map(link -> draft.is(link.state(), "KeyDisabled"));
    }

    void used(Sight<?> sight) {
        tell(
                Kind.ROLE_ASSIGNMENT,
                draft(Kind.ROLE_ASSIGNMENT, sight, "the application may wrap and unwrap")
                        .holds());
    }

    DiagnosedLink noKey(Draft draft, Sight<?> sight) {
        draft.saw(sight, "it is not there");
        tell(Kind.KEY, draft(Kind.KEY, sight, "it is not there").is(State.REVOKED, "KeyNotFound"));
        return draft.is(State.REVOKED, "KeyNotFound");
    }

    DiagnosedLink ofKey(Draft draft, Sight<?> sight, AzureFailure failure) {
        draft.saw(sight, "-");
        if (Draft.isNotTheServices(failure)) {
            return draft.failed(failure, Optional.empty());
        }
        if (FIREWALL.contains(failure.code())) {
            return same(Kind.KEY_VAULT, draft, sight, State.UNREACHABLE, failure);
        }
        if (failure.code().startsWith("AKV")) {
            return same(Kind.KEY_VAULT, draft, sight, State.BROKEN, failure);
        }
        if (failure.hasCode("ForbiddenByPolicy") || failure.hasCode("AccessDenied")) {
            // Of a key that does not allow the operation its own properties tell; else the vault asks for policies.
            return told.containsKey(Kind.KEY)
                    ? draft.is(State.BROKEN, Draft.remedy(failure))
                    : same(Kind.KEY_VAULT, draft, sight, State.BROKEN, failure);
        }
        if (failure.hasCode("ForbiddenByRbac")) {
            return noRole(draft, sight, failure);
        }
        return draft.is(KEY.contains(failure.code()) ? State.REVOKED : State.BROKEN, Draft.remedy(failure));
    }

    private DiagnosedLink noRole(Draft draft, Sight<?> sight, AzureFailure failure) {
        Optional<Instant> fresh = subject.grantFreshUntil(eye.now());
        if (fresh.isPresent()) {
            String what = "The role was granted only minutes ago.";
            tell(
                    Kind.ROLE_ASSIGNMENT,
                    draft(Kind.ROLE_ASSIGNMENT, sight, "-").notYet(failure.code(), what, fresh.get()));
            return draft.notYet(failure.code(), what, fresh.get());
        }
        boolean had = subject.key().roleAssignmentId() != null;
        State state = had ? State.REVOKED : State.BROKEN;
        return same(Kind.ROLE_ASSIGNMENT, draft, sight, state, "AzureKeyVaultMissingPermissions");
    }

    private DiagnosedLink same(Kind kind, Draft draft, Sight<?> sight, State state, String code) {
        tell(kind, draft(kind, sight, "-").is(state, code));
        return draft.is(state, code);
    }

    private DiagnosedLink same(Kind kind, Draft draft, Sight<?> sight, State state, AzureFailure failure) {
        tell(kind, draft(kind, sight, "-").is(state, Draft.remedy(failure)));
        return draft.is(state, Draft.remedy(failure));
    }
}
