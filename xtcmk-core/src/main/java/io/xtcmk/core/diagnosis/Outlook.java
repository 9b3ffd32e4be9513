package io.xtcmk.core.diagnosis;

import io.xtcmk.core.services.ReadSetting.InForce;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.Finding;
import io.xtcmk.model.KeyIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What will break the chain though it holds now: a version of the key that ends soon, or that a resource stays on. */
final class Outlook {
    /**
     * As long before a key's end as Key Vault itself raises the event KeyNearExpiry
     * (learn.microsoft.com/azure/event-grid/event-schema-key-vault).
     */
    static final Duration SOON = Duration.ofDays(30);

    private final Subject subject;
    private Optional<InForce> inForce = Optional.empty();
    private List<SeenVersion> versions = List.of();

    Outlook(Subject subject) {
        this.subject = subject;
    }

    /** How the resource uses the key, where that was read. */
    void use(Optional<InForce> read) {
        this.inForce = read;
    }

    /** The versions that their owner saw: the newest one first. */
    void see(List<SeenVersion> seen) {
        this.versions = List.copyOf(seen);
    }

    List<Finding> findings(Instant now) {
        List<Finding> findings = new ArrayList<>();
        if (versions.isEmpty()) {
            inForce.ifPresent(used -> addEnd(findings, used.version(), used.expires(), now));
            return findings;
        }
        SeenVersion newest = versions.get(0);
        addEnd(findings, newest.id(), newest.expires(), now);
        inForce.filter(used -> !used.follows() && !used.version().equals(newest.id()))
                .ifPresent(used -> findings.add(stays(used, newest.id())));
        return findings;
    }

    private static void addEnd(List<Finding> findings, KeyIdentifier version, @Nullable Instant end, Instant now) {
        if (end != null && end.isAfter(now) && !end.isAfter(now.plus(SOON))) {
            findings.add(new Finding(
                    "key " + version,
                    "attributes.exp",
                    end.toString(),
                    "From then on services refuse to encrypt with this version, and may close what it protects.",
                    Actor.CUSTOMER,
                    "Rotate the key before " + end + ", or set a rotation policy.",
                    end));
        }
    }

    private Finding stays(InForce used, KeyIdentifier newest) {
        Instant end = versions.stream()
                .filter(version -> version.id().equals(used.version()))
                .findFirst()
                .map(SeenVersion::expires)
                .orElse(used.expires());
        return new Finding(
                subject.resource()
                        .map(EncryptedResource::id)
                        .map(Object::toString)
                        .orElse("the resource"),
                "key in force",
                used.version() + ", while the newest version is " + newest.version(),
                "The resource does not follow the key's rotation, so it closes when the customer disables the old version"
                        + (end == null ? "." : ", at the latest at " + end + ", when that version ends."),
                Actor.PROVIDER,
                "Run update(), for a SQL server with autoRotation(true), for a pinned version with the newest one or"
                        + " none; until then the customer keeps the old version enabled.",
                end);
    }
}
