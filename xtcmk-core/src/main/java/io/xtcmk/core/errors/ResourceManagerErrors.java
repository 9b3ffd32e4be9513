package io.xtcmk.core.errors;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONFLICT;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.PERMISSION;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CALLER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CUSTOMER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.PROVIDER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** Resource Manager, roles and policies: Microsoft's pages "Troubleshoot Azure RBAC" and "Troubleshoot common Azure deployment errors". */
final class ResourceManagerErrors {
    static final List<Entry> ALL = List.of(
            entry(
                    "ParentResourceNotFound",
                    OTHER,
                    "What the resource belongs to is not there: its resource group, vault or server was deleted a moment ago.",
                    CALLER,
                    "Check subscription, resource group and name, and run again."),
            entry(
                    "LocationNotAvailableForResourceGroup",
                    OTHER,
                    "The cloud has no such region.",
                    CALLER,
                    "Use one of the regions that Azure's message lists."),
            entry(
                    "LocationNotAvailableForResourceType",
                    OTHER,
                    "The region does not have this service.",
                    CALLER,
                    "Use one of the regions that Azure's message lists."),
            entry(
                    "SoftDeletedVaultDoesNotExist",
                    CONFLICT,
                    "The vault is not deleted any more: somebody purged or recovered it meanwhile.",
                    CALLER,
                    "Run again: what is there is looked at."),
            entry(
                    "AuthorizationFailed",
                    PERMISSION,
                    "The caller has no role that allows this, or got it only minutes ago.",
                    CALLER,
                    "Assign the role named below, wait for it to be honoured, and run again."),
            entry(
                    "LinkedAuthorizationFailed",
                    PERMISSION,
                    "The caller may change the resource but not assign the managed identity to it.",
                    PROVIDER,
                    "Assign Managed Identity Operator on the identity."),
            entry(
                    "InvalidAuthenticationTokenTenant",
                    PERMISSION,
                    "The credential signed in to another tenant than the subscription's.",
                    CALLER,
                    "Build the credential with the connection's tenant id."),
            entry(
                    "InvalidAuthenticationToken",
                    OTHER,
                    "Resource Manager or Graph does not take the token: it is of another tenant or cloud, or was changed on the way.",
                    CALLER,
                    "Check the credential, and that the connection's cloud is the tenant's."),
            entry(
                    "ExpiredAuthenticationToken",
                    OTHER,
                    "The credential gave a token that has ended, or the machine's clock is wrong.",
                    CALLER,
                    "Give a credential that renews its tokens, and run again."),
            entry(
                    "SubscriptionNotFound",
                    OTHER,
                    "The subscription does not exist, or is of another tenant or cloud.",
                    CALLER,
                    "Check the subscription id, and that it belongs to the connection's tenant."),
            entry(
                    "MissingSubscriptionRegistration",
                    OTHER,
                    "The service's resource provider is not registered in the subscription.",
                    CALLER,
                    "Register it (az provider register), once for each subscription."),
            entry(
                    "ResourceGroupNotFound",
                    OTHER,
                    "The resource group does not exist.",
                    CALLER,
                    "Create it, or name a region so that it can be created."),
            entry(
                    "ResourceGroupBeingDeleted",
                    OTHER,
                    "The resource group is being deleted.",
                    WAIT,
                    "Run again when it is gone."),
            entry(
                    "ResourceNotFound",
                    OTHER,
                    "The resource does not exist.",
                    CALLER,
                    "Check subscription, resource group and name."),
            entry(
                    "InvalidResourceGroupLocation",
                    CONFLICT,
                    "The resource group exists in another region.",
                    CALLER,
                    "Use that region for the group, or another group."),
            entry(
                    "InvalidResourceLocation",
                    CONFLICT,
                    "The resource exists in another region.",
                    CALLER,
                    "Use that region, or another name."),
            entry("ScopeLocked", OTHER, "A lock forbids changes.", CALLER, "Remove the lock, or have its owner do it."),
            entry(
                    "PrincipalNotFound",
                    OTHER,
                    "The service principal is not replicated yet, or was deleted.",
                    WAIT,
                    "Run again in some minutes."),
            entry(
                    "RoleAssignmentLimitExceeded",
                    OTHER,
                    "The subscription has 4000 role assignments, the limit.",
                    CUSTOMER,
                    "Remove role assignments that are not used."),
            entry(
                    "RoleAssignmentUpdateNotPermitted",
                    CONFLICT,
                    "A role assignment of the same name is there for something else.",
                    CUSTOMER,
                    "Remove that role assignment, and run again."),
            entry(
                    "UnmatchedPrincipalType",
                    OTHER,
                    "The principal of the role assignment is not a service principal.",
                    CUSTOMER,
                    "Run phase 2 again: it looks the application's service principal up."),
            entry(
                    "RequestDisallowedByPolicy",
                    OTHER,
                    "An Azure Policy forbids it.",
                    CALLER,
                    "Read the policy's name in Azure's message and agree with its owner."),
            entry(
                    "SubscriptionRequestsThrottled",
                    OTHER,
                    "The subscription has too many requests.",
                    WAIT,
                    "Run again later, with fewer at once."),
            entry(
                    "TooManyRequests",
                    OTHER,
                    "Azure throttles the caller.",
                    WAIT,
                    "Run again later, with fewer at once."),
            entry(
                    "FailedIdentityOperation",
                    OTHER,
                    "The managed identity does not exist any more.",
                    PROVIDER,
                    "Run phase 1 again, and use its new result."));

    private ResourceManagerErrors() {}
}
