package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingNamesTest {

    @ParameterizedTest
    @CsvSource({
        "XTCMK_PROVIDER_TENNANT_ID, XTCMK_PROVIDER_TENANT_ID",
        "XTCMK_PROVIDER_TENANT, XTCMK_PROVIDER_TENANT_ID",
        "XTCMK_CUSTOMER_SUBSCRIPTION, XTCMK_CUSTOMER_SUBSCRIPTION_ID",
        "xtcmk_region, XTCMK_REGION",
        "XTMCK_CUSTOMER_TENANT_ID, XTCMK_CUSTOMER_TENANT_ID",
        "TCMK_CLOUD, XTCMK_CLOUD",
    })
    void misspeltName_isMetWithTheNearest(String given, String nearest) {
        assertThat(SettingNames.complaints(List.of(given)))
                .containsExactly(given + " is not a setting of the samples. Did you mean " + nearest + "?");
    }

    @Test
    void namesOfSettings_andOfOtherPrograms_areFine() {
        assertThat(SettingNames.complaints(List.of(
                        "XTCMK_PROVIDER_TENANT_ID",
                        "XTCMK_CUSTOMER_NAME",
                        "XTCMK_DIAGRAM",
                        "XTCMK_JAVA_OPTS",
                        "PROVIDER_TENANT_ID",
                        "AZURE_TENANT_ID",
                        "PATH",
                        "")))
                .isEmpty();
    }
}
