package io.xtcmk.core.errors;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONDITIONAL_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONFLICT;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.KEY_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Nature.BUSY;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CALLER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CUSTOMER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.PROVIDER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** What this library finds by itself, where no service has a code for it. */
final class OwnErrors {
    static final List<Entry> ALL = List.of(
            entry(
                            OwnCodes.BEING_MADE,
                            OTHER,
                            "The resource is still being made, by somebody else or by a run before this one.",
                            WAIT,
                            "Run again when that is over.")
                    .as(BUSY),
            entry(
                    "IdentityRecreated",
                    KEY_ACCESS,
                    "The managed identity was deleted and made again: of the same name, it is another principal.",
                    PROVIDER,
                    "Run phase 1 again, and update() for each resource with its new result."),
            entry(
                    "ApplicationDeleted",
                    KEY_ACCESS,
                    "The application was deleted, or the client id is wrong.",
                    PROVIDER,
                    "Restore it within 30 days (App registrations, Deleted applications). After that, each customer must consent to a new one."),
            entry(
                    "ApplicationDisabled",
                    KEY_ACCESS,
                    "Microsoft disabled the application.",
                    PROVIDER,
                    "See its disabledByMicrosoftStatus, and ask Azure support."),
            entry(
                    "ForeignApplication",
                    KEY_ACCESS,
                    "What the customer installed is another company's application.",
                    CUSTOMER,
                    "Remove it, and install the provider's: compare the client id."),
            entry(
                    "RegisteringDns",
                    OTHER,
                    "The vault's name is being registered.",
                    WAIT,
                    "Wait a minute, and run again."),
            entry(
                    "KeyUnfit",
                    KEY_ACCESS,
                    "The key is of a kind or size that the services cannot use, or does not allow to wrap and unwrap.",
                    CUSTOMER,
                    "Make a new version of the key: RSA of 2048, 3072 or 4096 bits, with the operations wrapKey and unwrapKey."),
            entry(
                    "SettingDiffers",
                    CONFLICT,
                    "Somebody changed how the resource is encrypted.",
                    PROVIDER,
                    "Run update() with the right key and application, if it was not changed on purpose."),
            entry(
                    "MicrosoftKeys",
                    CONFLICT,
                    "The resource was switched to Microsoft's keys.",
                    PROVIDER,
                    "Run update() to bring it back under the customer's key, if it was not switched on purpose."),
            entry(
                    "DatabasesInaccessible",
                    KEY_ACCESS,
                    "SQL closed databases because it could not use the key. It may be able to again.",
                    PROVIDER,
                    "Run healing().heal(): it opens them if the key can be used, and otherwise says what is missing."),
            entry(
                    "DatabasesNotReopened",
                    KEY_ACCESS,
                    "The key can be used again, but SQL has not opened its databases. After less than half an hour without the key they open by themselves within an hour; after more they stay closed.",
                    PROVIDER,
                    "Run healing().heal(), which has the encryption protector revalidated."),
            entry(
                    "DatabasesStillClosed",
                    KEY_ACCESS,
                    "SQL is still opening databases. Large ones take hours.",
                    WAIT,
                    "Run healing().heal() again, and see the server's activity log."),
            entry(
                    "WrongUnwrap",
                    KEY_ACCESS,
                    "What was wrapped with the key came back otherwise.",
                    CUSTOMER,
                    "Look for a proxy that answers in the place of the vault."),
            entry(
                    "AuthenticationFailed",
                    OTHER,
                    "The credential could not sign in, or its token was refused.",
                    CALLER,
                    "Check the credential, and that it is built with the connection's tenant id."),
            entry(
                    "SignInUnknownApplication",
                    OTHER,
                    "The credential signs in as an application that is not in the tenant.",
                    CALLER,
                    "Check the credential's client id and tenant id. This is the application that the program signs in as, not the federated one."),
            entry(
                    "SignInDisabledApplication",
                    OTHER,
                    "The credential signs in as an application that is disabled in the tenant.",
                    CALLER,
                    "Enable it under Enterprise applications, or use another credential. This is the application that the program signs in as, not the federated one."),
            entry(
                    OwnCodes.CONDITIONAL_ACCESS,
                    CONDITIONAL_ACCESS,
                    "A conditional access policy keeps the credential out: the service demanded a token with more claims, and rejected that one too.",
                    CALLER,
                    "See the tenant's sign-in logs for the policy, and sign in as it demands or have it exclude this credential."),
            entry(
                    OwnCodes.IDENTITY_NOT_ASSIGNED,
                    OTHER,
                    "The managed identity is not assigned to the machine or app where this runs.",
                    PROVIDER,
                    "Assign it (az vm identity assign, az webapp identity assign), or correct the client id."),
            entry(
                    OwnCodes.SYSTEM_ASSIGNED_ONLY,
                    OTHER,
                    "This runs where Azure has no user-assigned managed identities.",
                    PROVIDER,
                    "Run it on a virtual machine, in App Service, Container Apps, Functions or the like, with the identity assigned."),
            entry(
                    OwnCodes.IDENTITY_ENDPOINT_REFUSED,
                    OTHER,
                    "The managed identity endpoint refused the request.",
                    PROVIDER,
                    "See what it said; check IDENTITY_ENDPOINT and IDENTITY_HEADER, if they are set."),
            entry(
                    OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE,
                    OTHER,
                    "The managed identity endpoint cannot be reached: a proxy answers in its place, or nobody does.",
                    PROVIDER,
                    "Run this in Azure, and have requests to the endpoint go around the proxy (NO_PROXY=169.254.169.254)."),
            entry(
                    OwnCodes.IDENTITY_ENDPOINT_MISSING,
                    OTHER,
                    "There is no managed identity endpoint: it is being updated, or this does not run in Azure.",
                    PROVIDER,
                    "Run again in some minutes; if it stays, check where this runs."),
            entry(
                    OwnCodes.IDENTITY_ENDPOINT_THROTTLED,
                    OTHER,
                    "The managed identity endpoint throttles the machine.",
                    WAIT,
                    "Run again later, and have the machine's programs keep their tokens."),
            entry(
                    OwnCodes.IDENTITY_ENDPOINT_FAILED,
                    OTHER,
                    "The managed identity endpoint, or a proxy before it, fails.",
                    WAIT,
                    "Run again later; if it stays, have requests to it go around the proxy (NO_PROXY=169.254.169.254), and restart the machine."),
            entry(
                    OwnCodes.NO_CREDENTIAL,
                    OTHER,
                    "No credential can be used where this runs.",
                    CALLER,
                    "Sign in (az login), or give the connection a credential that works where this runs."),
            entry(
                    OwnCodes.WRONG_TENANT,
                    OTHER,
                    "The connection leads into another tenant than its own.",
                    CALLER,
                    "Build the credential with the connection's tenant id, sign in there (az login --tenant), or correct the connection's tenant and subscription."),
            entry(
                    OwnCodes.UNKNOWN_TENANT,
                    OTHER,
                    "Nobody knows in which tenant the connection would change something.",
                    CALLER,
                    "Use a credential whose tokens Entra issued, or let it read organization in Microsoft Graph (Organization.Read.All) and the subscription (Reader)."),
            entry(
                    OwnCodes.NO_TOKEN,
                    OTHER,
                    "The credential gave something that is no token.",
                    CALLER,
                    "Correct the credential: it must give a token, or throw."),
            entry(
                    "UntrustedHost",
                    OTHER,
                    "A request, or an operation's address, led to a host that is not the service's own.",
                    CALLER,
                    "Check the connection's cloud and the vault's URL; look for a proxy that rewrites answers."),
            entry(
                    OwnCodes.INVALID_ANSWER,
                    OTHER,
                    "The answer is not what the service sends: a value is missing, of another type, or of another resource.",
                    CALLER,
                    "Look for a proxy that answers in the service's place, and run again."),
            entry(
                    OwnCodes.CLIENT,
                    OTHER,
                    "The HTTP client does not take the request or its answer, or versions of libraries on the class path do not fit together.",
                    CALLER,
                    "See the cause. Java's own client stumbles over a proxy that asks for a password. If it is a NoSuchMethodError, a NoClassDefFoundError or the like, bring each of Netty, Reactor, Jackson and OkHttp to one version."),
            entry(
                    OwnCodes.UNREADABLE,
                    OTHER,
                    "The answer is cut off, no JSON, longer than any of the service's, or a page of a proxy's.",
                    CALLER,
                    "Look for a proxy that answers in the service's place, and run again."),
            entry(
                    "NoChallenge",
                    OTHER,
                    "A firewall or a private endpoint keeps everybody but Azure's own network away from the vault.",
                    CUSTOMER,
                    "Call acceptUnreachableVault(), if the key's tenant is known to be right by other means."),
            entry(
                    "VerificationTimeout",
                    OTHER,
                    "A service did not answer within the two minutes of a verification.",
                    CALLER,
                    "Check that its host can be reached, and verify again."),
            entry(
                    "OperationTimeout",
                    OTHER,
                    "The operation is taking longer than half an hour.",
                    WAIT,
                    "Look at the resource, and run again."),
            entry(
                    "Network",
                    OTHER,
                    "No answer came: the network, a proxy or the service is down.",
                    WAIT,
                    "Check that the host can be reached, and run again."));

    private OwnErrors() {}
}
