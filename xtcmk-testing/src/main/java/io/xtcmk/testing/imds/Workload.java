package io.xtcmk.testing.imds;

import java.util.List;

/**
 * Something that runs in Azure, such as a virtual machine, with the managed identities that were assigned to it.
 *
 * @param id how the identity endpoint tells it from others; the empty string where nobody said which one it is
 * @param identityIds resource ids of its user-assigned identities
 */
public record Workload(String id, List<String> identityIds) {
    /** The id of whoever did not say which workload it is. */
    public static final String ANYONE = "";
}
