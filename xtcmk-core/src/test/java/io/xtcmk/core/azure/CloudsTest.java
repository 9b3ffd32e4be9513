package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.exception.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudsTest {

    /** Audiences: learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity. */
    @ParameterizedTest
    @CsvSource({
        "PUBLIC,https://login.microsoftonline.com/,api://AzureADTokenExchange,https://management.azure.com/",
        "US_GOVERNMENT,https://login.microsoftonline.us/,api://AzureADTokenExchangeUSGov,"
                + "https://management.usgovcloudapi.net/",
        "CHINA,https://login.chinacloudapi.cn/,api://AzureADTokenExchangeChina,https://management.chinacloudapi.cn/"
    })
    void cloud_hasItsOwnAddresses(Clouds cloud, String authority, String audience, String arm) {
        assertThat(cloud.authority()).isEqualTo(authority);
        assertThat(cloud.issuer(Wire.TENANT))
                .isEqualTo(authority.replace("chinacloudapi.cn", "partner.microsoftonline.cn") + Wire.TENANT + "/v2.0");
        assertThat(cloud.exchangeScope()).isEqualTo(audience + "/.default");
        assertThat(cloud.armEndpoint()).isEqualTo(arm);
        assertThat(Clouds.of(cloud.environment())).isSameAs(cloud);
    }

    @Test
    void unknownCloud_isRefused() {
        AzureEnvironment other = new AzureEnvironment(Map.of("resourceManagerEndpointUrl", "https://arm.example.com"));
        assertThatThrownBy(() -> Clouds.of(other)).isInstanceOf(InvalidInputException.class);
    }
}
