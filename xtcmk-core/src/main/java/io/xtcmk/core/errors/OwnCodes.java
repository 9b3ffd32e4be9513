package io.xtcmk.core.errors;

/** The codes of what this library finds by itself, where code needs to tell them apart. {@link OwnErrors} says what they mean. */
public final class OwnCodes {
    /** An answer whose body cannot be read: a proxy's page, or cut off. Nobody knows whose it is. */
    public static final String UNREADABLE = "UnreadableAnswer";

    /** An answer that can be read, and is not what the service sends. */
    public static final String INVALID_ANSWER = "InvalidAnswer";

    /** A request that the HTTP client, or what is below it, was not able to send. */
    public static final String CLIENT = "ClientFailed";

    /** A credential, or chain of credentials, that has nothing to sign in with; the message says why. */
    public static final String NO_CREDENTIAL = "CredentialUnavailable";

    /** A credential, or a subscription, of another tenant than the connection's. */
    public static final String WRONG_TENANT = "WrongTenant";

    /** A token that does not say of which tenant it is, where the service does not say it either. */
    public static final String UNKNOWN_TENANT = "UnknownTenant";

    /** What a credential gave in place of a token. */
    public static final String NO_TOKEN = "NoToken";

    /** A challenge for claims that a token with those claims did not meet. */
    public static final String CONDITIONAL_ACCESS = "ConditionalAccess";

    /** A managed identity that the machine or app where this runs does not have. */
    public static final String IDENTITY_NOT_ASSIGNED = "IdentityNotAssigned";

    /** A host whose only managed identity is a system-assigned one. */
    public static final String SYSTEM_ASSIGNED_ONLY = "SystemAssignedOnly";

    /** A managed identity endpoint that refuses for another reason. */
    public static final String IDENTITY_ENDPOINT_REFUSED = "IdentityEndpointRefused";

    /** A managed identity endpoint that does not answer, or in whose place a proxy does. */
    public static final String IDENTITY_ENDPOINT_UNREACHABLE = "IdentityEndpointUnreachable";

    /** A managed identity endpoint that is not there: it is being updated, or this is no machine of Azure's. */
    public static final String IDENTITY_ENDPOINT_MISSING = "IdentityEndpointMissing";

    /** A managed identity endpoint that throttles. */
    public static final String IDENTITY_ENDPOINT_THROTTLED = "IdentityEndpointThrottled";

    /** A managed identity endpoint that fails. */
    public static final String IDENTITY_ENDPOINT_FAILED = "IdentityEndpointFailed";

    /** A resource that says of itself that it is not finished. */
    public static final String BEING_MADE = "ResourceIsBeingMade";

    private OwnCodes() {}
}
