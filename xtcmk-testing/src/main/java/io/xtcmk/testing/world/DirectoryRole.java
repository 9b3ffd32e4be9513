package io.xtcmk.testing.world;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Entra's built-in directory roles, those of this scenario. */
public enum DirectoryRole {
    /** Creates app registrations, even where the tenant's policy keeps users from it, and manages its own. */
    APPLICATION_DEVELOPER("Application Developer", true, false),
    APPLICATION_ADMINISTRATOR("Application Administrator", true, true),
    CLOUD_APPLICATION_ADMINISTRATOR("Cloud Application Administrator", true, true),
    GLOBAL_ADMINISTRATOR("Global Administrator", true, true),
    /** Reads the directory, as all users of a tenant do anyway. */
    DIRECTORY_READERS("Directory Readers", false, false);

    private final String displayName;
    private final boolean createsApplications;
    private final boolean managesApplications;

    DirectoryRole(String displayName, boolean createsApplications, boolean managesApplications) {
        this.displayName = displayName;
        this.createsApplications = createsApplications;
        this.managesApplications = managesApplications;
    }

    public String displayName() {
        return displayName;
    }

    public boolean createsApplications() {
        return createsApplications;
    }

    /** Whether it manages all applications and service principals, and installs those of other tenants. */
    public boolean managesApplications() {
        return managesApplications;
    }

    public static Optional<DirectoryRole> named(String displayName) {
        return Arrays.stream(values())
                .filter(r -> r.displayName.equalsIgnoreCase(displayName))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(DirectoryRole::displayName).toList();
    }
}
