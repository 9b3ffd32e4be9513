package io.xtcmk.samples;

import java.util.List;

/** One of the two companies, with the settings that say where it is in Azure. */
enum Side {
    PROVIDER("XTCMK_PROVIDER_TENANT_ID", "XTCMK_PROVIDER_SUBSCRIPTION_ID", "XTCMK_PROVIDER_NAME", "contoso"),
    CUSTOMER("XTCMK_CUSTOMER_TENANT_ID", "XTCMK_CUSTOMER_SUBSCRIPTION_ID", "XTCMK_CUSTOMER_NAME", "fabrikam");

    private final String tenantSetting;
    private final String subscriptionSetting;
    private final String nameSetting;
    private final String usualName;

    Side(String tenantSetting, String subscriptionSetting, String nameSetting, String usualName) {
        this.tenantSetting = tenantSetting;
        this.subscriptionSetting = subscriptionSetting;
        this.nameSetting = nameSetting;
        this.usualName = usualName;
    }

    String tenantSetting() {
        return tenantSetting;
    }

    String subscriptionSetting() {
        return subscriptionSetting;
    }

    String nameSetting() {
        return nameSetting;
    }

    String usualName() {
        return usualName;
    }

    /** The settings without which nobody can connect to it. */
    List<String> ids() {
        return List.of(tenantSetting, subscriptionSetting);
    }
}
