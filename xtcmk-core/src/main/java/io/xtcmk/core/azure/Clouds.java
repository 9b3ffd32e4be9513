package io.xtcmk.core.azure;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.util.Arrays;

/** What differs between Azure's clouds: hosts, audiences, issuers. The one table of it. */
public enum Clouds {
    PUBLIC(AzureEnvironment.AZURE, "api://AzureADTokenExchange", "https://login.microsoftonline.com/"),
    US_GOVERNMENT(
            AzureEnvironment.AZURE_US_GOVERNMENT,
            "api://AzureADTokenExchangeUSGov",
            "https://login.microsoftonline.us/"),
    // Its tokens name another host than the one that AzureEnvironment asks for them: the issuer in the discovery
    // document
    // of login.chinacloudapi.cn (as shown in github.com/external-secrets/external-secrets/issues/5591).
    CHINA(AzureEnvironment.AZURE_CHINA, "api://AzureADTokenExchangeChina", "https://login.partner.microsoftonline.cn/");

    @SuppressWarnings("ImmutableEnumChecker") // a constant, though its class does not say so
    private final AzureEnvironment environment;

    private final String exchangeAudience;
    private final String issuer;

    Clouds(AzureEnvironment environment, String exchangeAudience, String issuer) {
        this.environment = environment;
        this.exchangeAudience = exchangeAudience;
        this.issuer = issuer;
    }

    /** The cloud of an environment; told by its Resource Manager, so that a copy of a constant will do. */
    public static Clouds of(AzureEnvironment environment) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.armEndpoint().equals(slashed(environment.getResourceManagerEndpoint())))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "environment",
                        "is not a cloud with a known token exchange",
                        "give AzureEnvironment.AZURE, AZURE_US_GOVERNMENT or AZURE_CHINA"));
    }

    public AzureEnvironment environment() {
        return environment;
    }

    /** Where tokens come from, with a slash at its end. */
    public String authority() {
        return slashed(environment.getActiveDirectoryEndpoint());
    }

    /** Whether a host is where tokens of this cloud come from, under any of its names. */
    boolean isAuthority(String host) {
        // Key Vault's challenges of older regions name Azure AD's first host.
        return host.equals(host(authority()))
                || host.equals(host(issuer))
                || (this == PUBLIC && host.equals("login.windows.net"));
    }

    /** Who signs the tokens of a tenant's managed identities for the exchange. */
    public String issuer(TenantId tenant) {
        return issuer + tenant + "/v2.0";
    }

    /** The audience of a managed identity's token that stands in for an application's secret. */
    public String exchangeAudience() {
        return exchangeAudience;
    }

    public String exchangeScope() {
        return exchangeAudience + "/.default";
    }

    public String armEndpoint() {
        return slashed(environment.getResourceManagerEndpoint());
    }

    /** The root of Microsoft Graph's v1.0. */
    public String graphUrl() {
        return slashed(environment.getMicrosoftGraphEndpoint()) + "v1.0";
    }

    /** The end of a vault's host, beginning with a dot. */
    public String vaultSuffix() {
        return environment.getKeyVaultDnsSuffix();
    }

    /** The end of a managed HSM's host, beginning with a dot. */
    public String hsmSuffix() {
        return environment.getManagedHsmDnsSuffix();
    }

    Audience arm() {
        return Audience.host(armEndpoint() + ".default", host(armEndpoint()));
    }

    Audience graph() {
        String endpoint = slashed(environment.getMicrosoftGraphEndpoint());
        return Audience.host(endpoint + ".default", host(endpoint));
    }

    /** The audience of a vault or a managed HSM, by its host. */
    Audience keys(String host) {
        String suffix = host.endsWith(hsmSuffix()) ? hsmSuffix() : vaultSuffix();
        return Audience.suffix("https://" + suffix.substring(1) + "/.default", suffix);
    }

    private static String host(String url) {
        return URI.create(url).getHost();
    }

    private static String slashed(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
