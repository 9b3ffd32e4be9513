package io.xtcmk.core.diagnosis;

import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Look;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.EncryptedServices;
import io.xtcmk.core.services.LeastPrivilege;
import io.xtcmk.core.services.ReadSetting;
import io.xtcmk.core.services.ReadSetting.InForce;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Difference;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the provider's resource is set to be encrypted, against how it was. */
final class ResourceLook {
    private final Azure azure;
    private final EncryptedService<?> service;
    private final Eye eye;
    private final EncryptedResource resource;
    private Optional<KeyIdentifier> inForce;
    private Optional<InForce> read = Optional.empty();

    ResourceLook(Azure azure, EncryptedResource resource, Deadline deadline) {
        this.azure = azure;
        this.service = EncryptedServices.of(resource.id()).orElseThrow();
        this.eye = new Eye(azure.time(), azure.connection().tenantId(), deadline);
        this.resource = resource;
        this.inForce = resource.knownKeyInForce();
    }

    /** The key's version that the resource uses, as far as it is known; to be asked after the link. */
    Optional<KeyIdentifier> inForce() {
        return inForce;
    }

    /** How the resource uses that version, where it was read. */
    Optional<InForce> read() {
        return read;
    }

    DiagnosedLink link() {
        ResourceId id = resource.id();
        Draft draft = Draft.providers(Kind.RESOURCE_SETTING, eye.tenantId(), id.toString());
        Sight<Look<ReadSetting>> sight = eye.look(() -> service.setting(azure, id));
        if (sight.failure().isPresent()) {
            return draft.saw(sight, "-")
                    .failed(sight.failure().get(), Optional.of(LeastPrivilege.reader(id.toString())));
        }
        Optional<ReadSetting> found = sight.value().flatMap(Look::value);
        if (found.isEmpty()) {
            return draft.saw(sight, "it is not there").is(State.BROKEN, "ResourceNotFound");
        }
        ReadSetting setting = found.get();
        if (!setting.customerManaged()) {
            return draft.saw(sight, "its key is one of Microsoft's").is(State.BROKEN, "MicrosoftKeys");
        }
        List<Difference> differences = differences(setting);
        if (!differences.isEmpty()) {
            return draft.saw(sight, ProviderSide.text(differences)).is(State.BROKEN, "SettingDiffers");
        }
        read = Optional.ofNullable(setting.inForce());
        inForce = read.map(InForce::version).or(() -> inForce);
        draft.saw(sight, "its key is " + inForce.orElse(resource.key().key()));
        return closedDatabases(draft, id).orElseGet(draft::holds);
    }

    /** Whether it follows the key's versions or is pinned to one is not the record's to say. */
    private List<Difference> differences(ReadSetting setting) {
        List<Difference> differences = new ArrayList<>();
        KeyIdentifier key = resource.key().key().versionless();
        if (setting.key() == null || !key.equals(setting.key().versionless())) {
            differences.add(new Difference("key", key.toString(), text(setting.key())));
        }
        if (!resource.identityId().equals(setting.identity())) {
            differences.add(new Difference("identity", resource.identityId().toString(), text(setting.identity())));
        }
        if (resource.identityId().equals(setting.identity()) && !setting.attached()) {
            differences.add(
                    new Difference("identity.userAssignedIdentities", "with " + resource.identityId(), "without it"));
        }
        if (!resource.federatedClientId().equals(setting.federatedClientId())) {
            differences.add(new Difference(
                    "federatedClientId", resource.federatedClientId().toString(), text(setting.federatedClientId())));
        }
        return differences;
    }

    private static @org.jspecify.annotations.Nullable String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** SQL tells the provider that it cannot use the key, though not why. */
    private Optional<DiagnosedLink> closedDatabases(Draft draft, ResourceId id) {
        if (service.parts().isEmpty()) {
            return Optional.empty();
        }
        EncryptedService.Parts parts = service.parts().get();
        Sight<List<String>> sight =
                eye.look(() -> parts.closed(azure, id).value().orElse(List.of()));
        List<String> closed = sight.value().orElse(List.of());
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(draft.saw(sight, "inaccessible: " + String.join(", ", closed))
                        .is(State.BROKEN, "DatabasesInaccessible"));
    }
}
