package io.xtcmk.core.errors;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONDITIONAL_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.KEY_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CALLER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CUSTOMER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.PROVIDER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** Entra's token service and consent pages: Microsoft's page "Microsoft Entra authentication and authorization error codes". */
final class EntraErrors {
    static final List<Entry> ALL = List.of(
            entry(
                    "AADSTS90002",
                    OTHER,
                    "There is no tenant of this id in this cloud.",
                    CALLER,
                    "Check the tenant id and the cloud."),
            entry(
                    "AADSTS700016",
                    KEY_ACCESS,
                    "The application is not installed in the tenant, or is single-tenant, or the client id is wrong.",
                    CUSTOMER,
                    "Install the application (phase 2) with the client id that the provider gave."),
            entry(
                    "AADSTS7000229",
                    KEY_ACCESS,
                    "The application has no service principal in the tenant.",
                    CUSTOMER,
                    "Install the application (phase 2): by authorize(), or by the consent URL."),
            entry(
                    "AADSTS7000112",
                    KEY_ACCESS,
                    "The application's service principal is disabled in the tenant.",
                    CUSTOMER,
                    "Enable it under Enterprise applications, if it was not disabled on purpose."),
            entry(
                    "AADSTS7000215",
                    OTHER,
                    "The credential's client secret is wrong.",
                    CALLER,
                    "Give the credential the secret's value, not its id."),
            entry(
                    "AADSTS7000222",
                    OTHER,
                    "The credential's client secret has expired.",
                    CALLER,
                    "Use a credential without a secret, such as a managed identity."),
            entry(
                    "AADSTS7000218",
                    OTHER,
                    "The credential sent neither a secret nor an assertion.",
                    CALLER,
                    "Build the credential with what it signs in by."),
            entry(
                    "AADSTS7000119",
                    KEY_ACCESS,
                    "The application lists the tenants that may use it, and this one is not among them.",
                    PROVIDER,
                    "Add the customer's tenant to the application's signInAudienceRestrictions."),
            entry(
                    "AADSTS70021",
                    KEY_ACCESS,
                    "No federated identity credential of the application matches the managed identity's token yet.",
                    WAIT,
                    "Wait some minutes after phase 1; if it stays, run phase 1 again."),
            entry(
                    "AADSTS700211",
                    KEY_ACCESS,
                    "No federated identity credential of the application has the managed identity's issuer.",
                    PROVIDER,
                    "Run phase 1 again in the tenant of the managed identity."),
            entry(
                    "AADSTS700212",
                    KEY_ACCESS,
                    "The federated identity credential has another audience than this cloud's.",
                    PROVIDER,
                    "Run phase 1 again with the right cloud."),
            entry(
                    "AADSTS7002121",
                    KEY_ACCESS,
                    "The federated identity credential has another audience than this cloud's.",
                    PROVIDER,
                    "Run phase 1 again with the right cloud."),
            entry(
                    "AADSTS700213",
                    KEY_ACCESS,
                    "No federated identity credential of the application names this managed identity's principal id.",
                    PROVIDER,
                    "Run phase 1 again with this managed identity."),
            entry(
                    "AADSTS7002137",
                    KEY_ACCESS,
                    "No federated identity credential of the application names this managed identity's principal id.",
                    PROVIDER,
                    "Run phase 1 again with this managed identity."),
            entry(
                    "AADSTS7002138",
                    KEY_ACCESS,
                    "The federated identity credential's subject differs from the principal id in letter case.",
                    PROVIDER,
                    "Delete that credential and run phase 1 again."),
            entry(
                    "AADSTS700236",
                    KEY_ACCESS,
                    "Managed identity and application are in different tenants.",
                    PROVIDER,
                    "Keep both in the provider's tenant."),
            entry(
                    "AADSTS700222",
                    KEY_ACCESS,
                    "What was presented in place of a secret is a token of Entra, but not a managed identity's for the exchange.",
                    PROVIDER,
                    "Use a user-assigned managed identity and the audience of this cloud."),
            entry(
                    "AADSTS700226",
                    KEY_ACCESS,
                    "What was presented in place of a secret is an application's token; only a managed identity's will do.",
                    PROVIDER,
                    "Give the credential of the user-assigned managed identity."),
            entry(
                    "AADSTS700227",
                    KEY_ACCESS,
                    "The managed identity's token was asked for another audience than the exchange's.",
                    PROVIDER,
                    "Give the credential of the managed identity, and let this library ask it."),
            entry(
                    "AADSTS700229",
                    KEY_ACCESS,
                    "What was presented in place of a secret is a user's token; only a managed identity's will do.",
                    PROVIDER,
                    "Give the credential of the user-assigned managed identity."),
            entry(
                    "AADSTS700231",
                    KEY_ACCESS,
                    "What was presented in place of a secret came of such an exchange itself.",
                    PROVIDER,
                    "Give the managed identity's own credential, not the application's."),
            entry(
                    "AADSTS50027",
                    KEY_ACCESS,
                    "The managed identity's token is malformed.",
                    PROVIDER,
                    "Look for a proxy or credential that changes tokens."),
            entry(
                    "AADSTS700027",
                    KEY_ACCESS,
                    "The managed identity's token does not bear its issuer's signature.",
                    PROVIDER,
                    "Look for a proxy or credential that changes tokens, and check the cloud."),
            entry(
                    "AADSTS700024",
                    KEY_ACCESS,
                    "The managed identity's token is not valid at this time.",
                    PROVIDER,
                    "Correct the machine's clock, or give a credential that renews its tokens."),
            entry(
                    "AADSTS53003",
                    CONDITIONAL_ACCESS,
                    "A conditional access policy of the tenant keeps the credential out.",
                    CALLER,
                    "See the sign-in logs for the policy, and sign in as it demands or have it exclude this credential."),
            entry(
                    "AADSTS50076",
                    CONDITIONAL_ACCESS,
                    "A conditional access policy of the tenant demands multifactor authentication.",
                    CALLER,
                    "Sign in interactively, or use a workload's credential."),
            entry(
                    "AADSTS65001",
                    OTHER,
                    "Nobody consented to the application in the tenant.",
                    CUSTOMER,
                    "Have an administrator consent."),
            entry(
                    "AADSTS65004",
                    OTHER,
                    "The administrator declined to consent.",
                    CUSTOMER,
                    "Have an administrator consent, if it was declined by mistake."),
            entry(
                    "AADSTS90094",
                    OTHER,
                    "The tenant lets only administrators consent.",
                    CUSTOMER,
                    "Have an administrator consent."),
            entry(
                    "AADSTS50011",
                    OTHER,
                    "The redirect URI of the consent URL is not one of the application's.",
                    PROVIDER,
                    "Run phase 1 again with redirectUri."),
            entry(
                    "AADSTS500011",
                    OTHER,
                    "The tenant does not know the service for which a token was asked.",
                    CALLER,
                    "Check that the connection's cloud is the tenant's."));

    private EntraErrors() {}
}
