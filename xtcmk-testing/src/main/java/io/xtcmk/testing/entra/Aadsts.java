package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.AzureError;

/** Entra's refusals, numbered and worded as in Microsoft's page "Microsoft Entra authentication error codes". */
final class Aadsts {
    static final String INVALID_REQUEST = "invalid_request";
    static final String INVALID_CLIENT = "invalid_client";

    private static final String CHECK_CREDENTIAL =
            " Check your federated identity credential Subject, Audience and Issuer"
                    + " against the presented assertion."
                    + " https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

    private Aadsts() {}

    static AzureError of(int status, String error, int number, String text) {
        return AzureError.of(status, error, Integer.toString(number), text);
    }

    /** The number and text as one line, for refusals that a person sees in a browser. */
    static String line(AzureError refusal) {
        return "AADSTS" + refusal.innerCode().orElse("") + ": " + refusal.message();
    }

    static AzureError missingParameter(String name) {
        return of(
                400, INVALID_REQUEST, 900144, "The request body must contain the following parameter: '" + name + "'.");
    }

    static AzureError tenantNotFound(String tenant, String error) {
        return of(
                400,
                error,
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure you have the correct tenant ID and are signing"
                        + " into the correct cloud. Check with your subscription administrator, this may happen if there"
                        + " are no active subscriptions for the tenant.");
    }

    static AzureError applicationNotFound(String clientId, String directory) {
        return of(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '" + directory
                        + "'. This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You may have sent your authentication"
                        + " request to the wrong tenant.");
    }

    static AzureError missingServicePrincipal(Object clientId, Object tenantId) {
        return of(
                401,
                INVALID_CLIENT,
                7000229,
                "The client application " + clientId + " is missing service principal in the tenant " + tenantId
                        + ". See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119");
    }

    static AzureError disabled(Object clientId, String name) {
        return of(400, "unauthorized_client", 7000112, "Application '" + clientId + "'(" + name + ") is disabled.");
    }

    /** A refusal of the client's proof of who it is. */
    static AzureError badClient(int number, String text) {
        return of(401, INVALID_CLIENT, number, text);
    }

    static AzureError noMatchFor(int number, String what, String value) {
        return badClient(
                number,
                "No matching federated identity record found for presented assertion " + what + " '" + value + "'."
                        + CHECK_CREDENTIAL);
    }

    static AzureError noRecord(String issuer, String subject, String audience) {
        return badClient(
                70021,
                "No matching federated identity record found for presented assertion. Assertion Issuer: '" + issuer
                        + "'. Assertion Subject: '" + subject + "'. Assertion Audience: '" + audience + "'."
                        + CHECK_CREDENTIAL);
    }

    static AzureError resourceNotFound(String resource, String tenant) {
        return of(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + resource + " was not found in the tenant named " + tenant
                        + ". This can happen if the application has not been installed by the administrator of the tenant"
                        + " or consented to by any user in the tenant. You might have sent your authentication request to"
                        + " the wrong tenant.");
    }
}
