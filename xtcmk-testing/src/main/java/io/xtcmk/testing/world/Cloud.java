package io.xtcmk.testing.world;

import com.azure.core.management.AzureEnvironment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What differs from cloud to cloud in identity: where it signs in, who issues its tokens, what tokens can be for. From
 * Microsoft's pages "National clouds" and "Configure an application to trust a managed identity".
 */
@SuppressWarnings("ImmutableEnumChecker") // all fields hold immutable collections, or one of Azure's constants
public enum Cloud {
    PUBLIC(
            AzureEnvironment.AZURE,
            List.of("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"),
            "https://sts.windows.net/",
            "https://login.microsoftonline.com/",
            "api://AzureADTokenExchange",
            Set.of("graph.microsoft.com"),
            Set.of(
                    "https://management.azure.com",
                    "https://management.core.windows.net",
                    "https://graph.microsoft.com",
                    "https://graph.windows.net",
                    "https://vault.azure.net",
                    "https://managedhsm.azure.net",
                    "https://storage.azure.com",
                    "https://database.windows.net")),
    US_GOVERNMENT(
            AzureEnvironment.AZURE_US_GOVERNMENT,
            List.of("login.microsoftonline.us"),
            "https://sts.windows.net/",
            "https://login.microsoftonline.us/",
            "api://AzureADTokenExchangeUSGov",
            Set.of("graph.microsoft.us", "dod-graph.microsoft.us"),
            Set.of(
                    "https://management.usgovcloudapi.net",
                    "https://management.core.usgovcloudapi.net",
                    "https://graph.microsoft.us",
                    "https://dod-graph.microsoft.us",
                    "https://graph.windows.net",
                    "https://vault.usgovcloudapi.net",
                    "https://managedhsm.usgovcloudapi.net",
                    "https://storage.azure.com",
                    "https://database.usgovcloudapi.net")),
    CHINA(
            AzureEnvironment.AZURE_CHINA,
            List.of("login.partner.microsoftonline.cn", "login.chinacloudapi.cn"),
            "https://sts.chinacloudapi.cn/",
            "https://login.partner.microsoftonline.cn/",
            "api://AzureADTokenExchangeChina",
            Set.of("microsoftgraph.chinacloudapi.cn"),
            Set.of(
                    "https://management.chinacloudapi.cn",
                    "https://management.core.chinacloudapi.cn",
                    "https://microsoftgraph.chinacloudapi.cn",
                    "https://graph.chinacloudapi.cn",
                    "https://vault.azure.cn",
                    "https://managedhsm.azure.cn",
                    "https://storage.azure.com",
                    "https://database.chinacloudapi.cn"));

    /** The application behind the exchange audience; real tokens name it where the request named the URI. */
    public static final String EXCHANGE_APP_ID = "fb60f99c-7a34-4190-8149-302f77469936";

    private final AzureEnvironment environment;
    private final List<String> loginHosts;
    private final String v1Issuer;
    private final String v2Issuer;
    private final String exchangeAudience;
    /** Microsoft Graph's own client id. */
    public static final String GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

    private final Set<String> graphHosts;
    private final Set<String> resources;

    Cloud(
            AzureEnvironment environment,
            List<String> loginHosts,
            String v1Issuer,
            String v2Issuer,
            String exchangeAudience,
            Set<String> graphHosts,
            Set<String> resources) {
        this.environment = environment;
        this.loginHosts = loginHosts;
        this.v1Issuer = v1Issuer;
        this.v2Issuer = v2Issuer;
        this.exchangeAudience = exchangeAudience;
        this.graphHosts = graphHosts;
        this.resources = resources;
    }

    /** The cloud of an environment, by its sign-in address. */
    public static Cloud of(AzureEnvironment environment) {
        return Stream.of(values())
                .filter(c -> c.environment
                        .getActiveDirectoryEndpoint()
                        .equalsIgnoreCase(environment.getActiveDirectoryEndpoint()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the fake plays the public cloud, US Government and"
                        + " China, none of which signs in at " + environment.getActiveDirectoryEndpoint()));
    }

    /** The cloud that signs in at a host. */
    public static Optional<Cloud> ofLoginHost(String host) {
        return Stream.of(values())
                .filter(c -> c.loginHosts.contains(host.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The cloud whose directory is read and written at a host. */
    public static Optional<Cloud> ofGraphHost(String host) {
        return Stream.of(values())
                .filter(c -> c.graphHosts.contains(host.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The cloud as azure-core-management describes it. */
    public AzureEnvironment environment() {
        return environment;
    }

    /** All names of the directory's host. */
    public Set<String> graphHosts() {
        return graphHosts;
    }

    /** All names of the sign-in host, the preferred one first. */
    public List<String> loginHosts() {
        return loginHosts;
    }

    /** The issuer of a tenant's tokens of version 1.0, with the slash at its end. */
    public String v1Issuer(UUID tenantId) {
        return v1Issuer + tenantId + "/";
    }

    /** The issuer of a tenant's tokens of version 2.0. */
    public String v2Issuer(UUID tenantId) {
        return v2Issuer + tenantId + "/v2.0";
    }

    /** Whether an issuer is Entra in this cloud. */
    public boolean isEntraIssuer(String issuer) {
        return issuer.startsWith(v1Issuer) || issuer.startsWith(v2Issuer);
    }

    /** The audience of tokens that stand for a secret in a federated exchange. */
    public String exchangeAudience() {
        return exchangeAudience;
    }

    /** Whether an audience is the exchange audience, by either of its names. */
    public boolean isExchangeAudience(String audience) {
        return audience.equals(exchangeAudience) || audience.equalsIgnoreCase(EXCHANGE_APP_ID);
    }

    /** Whether an audience, without a trailing slash, is Microsoft Graph. */
    public boolean isGraphAudience(String audience) {
        return audience.equals(GRAPH_APP_ID)
                || graphHosts.stream().anyMatch(host -> audience.equalsIgnoreCase("https://" + host));
    }

    /** Whether tokens can be had for an audience here, given without trailing slashes. */
    public boolean knows(String audience) {
        return resources.contains(audience.toLowerCase(Locale.ROOT)) || isExchangeAudience(audience);
    }
}
