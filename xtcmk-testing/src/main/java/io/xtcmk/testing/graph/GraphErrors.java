package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import java.util.List;

/** Graph's refusals. */
final class GraphErrors {
    private GraphErrors() {}

    static AzureError badRequest(String message) {
        return AzureError.of(400, "Request_BadRequest", message);
    }

    static AzureError required(String property, String type) {
        return badRequest("A value is required for property '" + property + "' of resource '" + type + "'.");
    }

    static AzureError invalidValue(String property) {
        return badRequest("Invalid value specified for property '" + property + "' of resource 'Application'.");
    }

    static AzureError notFound(String key) {
        return AzureError.of(
                404,
                "Request_ResourceNotFound",
                "Resource '" + key
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    static AzureError denied() {
        return AzureError.of(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    static AzureError onlyLocalApplications() {
        return AzureError.of(
                403,
                "Authorization_RequestDenied",
                "When using this permission, the backing application of the service principal being created must in the"
                        + " local tenant");
    }

    static AzureError sameKey(String message) {
        return AzureError.of(409, "Request_MultipleObjectsWithSameKeyValue", message);
    }

    static AzureError noBackingApplication(String appId) {
        String message =
                "The appId '" + appId + "' of the service principal does not reference a valid application object.";
        return AzureError.of(
                400,
                "Request_BadRequest",
                message,
                List.of(Json.object("code", "NoBackingApplicationObject", "target", "appId", "message", message)));
    }

    static AzureError unauthenticated(String message) {
        return AzureError.of(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate", "Bearer");
    }
}
