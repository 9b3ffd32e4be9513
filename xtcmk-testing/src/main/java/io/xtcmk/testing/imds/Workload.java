package io.xtcmk.testing.imds;

import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that runs in Azure, such as a virtual machine, with the managed identities that were assigned to it.
 *
 * @param id how the identity endpoint tells it from others; the empty string where nobody said which one it is
 * @param identityIds resource ids of its user-assigned identities
 * @param hasAll whether it has every identity that there is, those made later included
 */
public record Workload(String id, List<String> identityIds, boolean hasAll) {
    /** The id of whoever did not say which workload it is. */
    public static final String ANYONE = "";

    private static final String IDENTITY = "/providers/microsoft.managedidentity/userassignedidentities/";

    /** A workload with these identities. */
    public Workload(String id, List<String> identityIds) {
        this(id, identityIds, false);
    }

    /** A workload with every identity. */
    public static Workload withAll(String id) {
        return new Workload(id, List.of(), true);
    }

    /** Its identities that exist. */
    List<Resource> identities(World world) {
        if (hasAll) {
            return world.resources().all().stream()
                    .filter(r -> r.id().toLowerCase(Locale.ROOT).contains(IDENTITY))
                    .toList();
        }
        return identityIds.stream()
                .map(id -> world.resources().find(id))
                .flatMap(Optional::stream)
                .toList();
    }
}
