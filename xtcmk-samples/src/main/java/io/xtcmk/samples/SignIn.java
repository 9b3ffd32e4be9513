package io.xtcmk.samples;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import com.azure.identity.AzureCliCredential;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.CredentialUnavailableException;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import reactor.core.publisher.Mono;

/**
 * Signs in to one tenant without a secret in a setting: with the account that the Azure CLI has for the subscription, or
 * else with what {@link com.azure.identity.DefaultAzureCredential} finds.
 *
 * <p>DefaultAzureCredential uses the Azure CLI, too, but names only the tenant to it, and for a tenant the CLI takes its
 * default account. Somebody with one account in each tenant would get a token in one of them only. For a subscription it
 * takes the account that has it.
 */
final class SignIn {
    private SignIn() {}

    static TokenCredential to(TenantId tenantId, SubscriptionId subscriptionId, AzureEnvironment cloud) {
        return new ChainedTokenCredentialBuilder()
                .addLast(orNext(azureCli(subscriptionId)))
                .addLast(orNext(new DefaultAzureCredentialBuilder()
                        .tenantId(tenantId.toString())
                        .authorityHost(cloud.getActiveDirectoryEndpoint())
                        .build()))
                .build();
    }

    private static TokenCredential azureCli(SubscriptionId subscriptionId) {
        AzureCliCredential cli = new AzureCliCredentialBuilder()
                .subscription(subscriptionId.toString())
                .build();
        // A connection's requests name its tenant; the CLI takes either a tenant or a subscription.
        return request -> cli.getToken(withoutTenant(request));
    }

    private static TokenRequestContext withoutTenant(TokenRequestContext request) {
        return new TokenRequestContext()
                .setScopes(request.getScopes())
                .setClaims(request.getClaims())
                .setCaeEnabled(request.isCaeEnabled());
    }

    /** A chain goes on only after this exception, and only then shows the reason of each of its credentials. */
    private static TokenCredential orNext(TokenCredential credential) {
        return request -> credential
                .getToken(request)
                .onErrorResume(e -> Mono.error(
                        e instanceof CredentialUnavailableException
                                ? e
                                : new CredentialUnavailableException(reason(e), e)));
    }

    /** Such as "Managed Identity authentication failed, see inner exception for more information", and that information. */
    private static String reason(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.equals(e) ? String.valueOf(e.getMessage()) : e.getMessage() + " " + innermost.getMessage();
    }
}
