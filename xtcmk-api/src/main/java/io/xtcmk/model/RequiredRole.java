package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The least-privileged role with which a step's caller can do it.
 *
 * @param kind whose role it is
 * @param name the role's display name
 * @param id the role definition's GUID, for Azure roles; null for Entra's
 * @param scope where the role must hold: a resource id, or {@code /} for the directory
 */
public record RequiredRole(Kind kind, String name, @Nullable String id, String scope) {

    /** Whose role. */
    public enum Kind {
        /** An Azure role, assigned on a scope. */
        AZURE,
        /** A Microsoft Entra directory role, or ownership of a directory object. */
        ENTRA
    }

    /**
     * A role.
     *
     * @throws io.xtcmk.exception.InvalidInputException if kind, name or scope is null or blank
     */
    public RequiredRole {
        Checks.notNull("kind", kind);
        Checks.notBlank("name", name);
        Checks.notBlank("scope", scope);
    }

    /**
     * The role definition's GUID.
     *
     * @return {@link #id}, for Azure roles
     */
    public Optional<String> definitionId() {
        return Optional.ofNullable(id);
    }

    /** The role on one line, with its scope unless that is the whole directory. */
    @Override
    public String toString() {
        String place = kind == Kind.ENTRA && scope.equals("/") ? "" : ", on " + scope;
        return Texts.oneLine(name + " (" + (kind == Kind.AZURE ? "Azure" : "Entra") + place + ")");
    }
}
