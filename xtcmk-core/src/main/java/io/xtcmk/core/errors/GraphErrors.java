package io.xtcmk.core.errors;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONFLICT;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.PERMISSION;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CALLER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.PROVIDER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** Microsoft Graph: its documentation of errors and of each operation. */
final class GraphErrors {
    static final List<Entry> ALL = List.of(
            entry(
                    "Authorization_RequestDenied",
                    PERMISSION,
                    "The caller has no directory role or permission for this.",
                    CALLER,
                    "Have the role named below assigned, and run again."),
            entry(
                    "Authorization_IdentityNotFound",
                    OTHER,
                    "The caller is not in the directory any more, or is disabled.",
                    CALLER,
                    "Check the credential, and that who signs in still exists."),
            entry(
                    "Request_ResourceNotFound",
                    OTHER,
                    "The directory object is not replicated yet, or was deleted.",
                    WAIT,
                    "Run again in some minutes."),
            entry(
                    "Request_MultipleObjectsWithSameKeyValue",
                    CONFLICT,
                    "Somebody else made the same at the same time.",
                    WAIT,
                    "Run again: what is there is adopted."),
            entry(
                    "Directory_ConcurrencyViolation",
                    OTHER,
                    "Somebody else is changing the same directory object.",
                    WAIT,
                    "Run again."),
            entry("Request_BadRequest", OTHER, "Graph does not take a value.", CALLER, "See Azure's message."),
            entry(
                    "NoBackingApplicationObject",
                    OTHER,
                    "There is no multi-tenant application of this client id in this cloud, or it is not replicated yet.",
                    PROVIDER,
                    "Check the client id (not the object id), and that the application's signInAudience is AzureADMultipleOrgs."),
            entry(
                    "Directory_QuotaExceeded",
                    OTHER,
                    "The application has 20 federated identity credentials, the limit, or the tenant is full.",
                    PROVIDER,
                    "Remove a credential that is not used, or use a second application."));

    private GraphErrors() {}
}
