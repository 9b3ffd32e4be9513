package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The class path of this module's tests has no server. */
class MissingServerTest {
    @Test
    void serve_saysWhichArtifactToAdd() {
        FakeAzure azure = FakeAzure.create();

        assertThatThrownBy(azure::serve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add io.xtcmk:xtcmk-testing-server");
    }
}
