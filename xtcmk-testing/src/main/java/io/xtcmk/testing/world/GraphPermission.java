package io.xtcmk.testing.world;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Application permissions of Microsoft Graph, those of this scenario: what a program may do without a user. */
public enum GraphPermission {
    APPLICATION_READ_ALL("Application.Read.All", false, false),
    DIRECTORY_READ_ALL("Directory.Read.All", false, false),
    /** Creates applications, manages those that it owns, and reads all. */
    APPLICATION_READ_WRITE_OWNED_BY("Application.ReadWrite.OwnedBy", true, false),
    APPLICATION_READ_WRITE_ALL("Application.ReadWrite.All", true, true),
    DIRECTORY_READ_WRITE_ALL("Directory.ReadWrite.All", true, true);

    private final String value;
    private final boolean createsApplications;
    private final boolean managesApplications;

    GraphPermission(String value, boolean createsApplications, boolean managesApplications) {
        this.value = value;
        this.createsApplications = createsApplications;
        this.managesApplications = managesApplications;
    }

    /** The permission as a token's {@code roles} has it. */
    public String value() {
        return value;
    }

    public boolean createsApplications() {
        return createsApplications;
    }

    /** Whether it manages all applications and service principals, and installs those of other tenants. */
    public boolean managesApplications() {
        return managesApplications;
    }

    public static Optional<GraphPermission> of(String value) {
        return Arrays.stream(values()).filter(p -> p.value.equals(value)).findFirst();
    }

    public static List<String> all() {
        return Arrays.stream(values()).map(GraphPermission::value).toList();
    }

    /**
     * A permission that an administrator has consented to.
     *
     * @param principalId the object id of the program's service principal
     * @param permission the permission
     */
    public record Grant(UUID principalId, GraphPermission permission) {

        public static void add(World world, Grant grant) {
            world.table(Grant.class).put(grant.principalId() + " " + grant.permission(), grant);
        }

        /** What a service principal's new tokens for Graph say that it may do. */
        public static List<String> of(World world, UUID principalId) {
            return world.table(Grant.class).where(g -> g.principalId().equals(principalId)).stream()
                    .map(g -> g.permission().value())
                    .toList();
        }
    }
}
