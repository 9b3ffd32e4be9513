package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The extension's parameter that needs sockets. */
@ExtendWith(FakeAzureExtension.class)
class ServedExtensionTest {
    @Test
    void server_servesTheTestsAzure(FakeAzureServer server, FakeAzure azure) {
        assertThat(server.azure()).isSameAs(azure);
        assertThat(server.port()).isPositive();
    }
}
