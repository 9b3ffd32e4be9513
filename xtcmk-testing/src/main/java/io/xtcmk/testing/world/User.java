package io.xtcmk.testing.world;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A person in a tenant's directory.
 *
 * @param id the object id
 * @param tenantId the tenant
 * @param displayName the name
 * @param userPrincipalName how the person signs in
 * @param password by what
 * @param directoryRoles what the person may do in the directory beside what all users may
 * @param createdAt when it was made
 */
public record User(
        UUID id,
        UUID tenantId,
        String displayName,
        String userPrincipalName,
        String password,
        Set<DirectoryRole> directoryRoles,
        Instant createdAt) {

    /** Whether this is an administrator of applications, to whom policies about users do not apply. */
    public boolean isAdministrator() {
        return directoryRoles.stream().anyMatch(DirectoryRole::managesApplications);
    }

    @Override
    public String toString() {
        return "User[" + userPrincipalName + "]";
    }
}
