package io.xtcmk.testing.world;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An Azure role assignment.
 *
 * @param id its resource id
 * @param scope where it holds, with all below
 * @param roleId the GUID of the role definition
 * @param principalId object id of the principal
 * @param body the JSON body as a GET shows it
 * @param effectiveAt when the services begin to honour it
 */
public record RoleAssignment(
        String id, String scope, UUID roleId, UUID principalId, Map<String, Object> body, Instant effectiveAt) {

    public RoleAssignment withBody(Map<String, Object> other) {
        return new RoleAssignment(id, scope, roleId, principalId, other, effectiveAt);
    }
}
