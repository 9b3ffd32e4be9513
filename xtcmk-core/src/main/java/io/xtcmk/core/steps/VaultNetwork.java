package io.xtcmk.core.steps;

import com.azure.resourcemanager.keyvault.models.NetworkRuleAction;
import com.azure.resourcemanager.keyvault.models.NetworkRuleBypassOptions;
import com.azure.resourcemanager.keyvault.models.NetworkRuleSet;
import com.azure.resourcemanager.keyvault.models.VaultProperties;

/**
 * Who reaches a vault, by its own settings. Azure's services, as trusted Microsoft services, pass a firewall or a disabled
 * public access unless {@code bypass} is {@code None}
 * (learn.microsoft.com/azure/key-vault/general/overview-vnet-service-endpoints).
 */
public final class VaultNetwork {
    private VaultNetwork() {}

    /** Whether not even Azure's services reach it. */
    public static boolean isClosed(VaultProperties properties) {
        NetworkRuleSet rules = properties.networkAcls();
        boolean trusting = rules == null || !NetworkRuleBypassOptions.NONE.equals(rules.bypass());
        return !trusting && isRestricted(properties);
    }

    /** Whether it is not open to everybody. */
    public static boolean isRestricted(VaultProperties properties) {
        NetworkRuleSet rules = properties.networkAcls();
        boolean denies = rules != null && NetworkRuleAction.DENY.equals(rules.defaultAction());
        return denies || isPrivate(properties);
    }

    /** Whether it has no public access at all. */
    public static boolean isPrivate(VaultProperties properties) {
        return "Disabled".equalsIgnoreCase(properties.publicNetworkAccess());
    }
}
