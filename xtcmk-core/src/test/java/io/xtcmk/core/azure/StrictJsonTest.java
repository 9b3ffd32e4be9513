package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static Map<String, Object> read(String text) throws IOException {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void object_isReadWithAllThatIsInIt() throws IOException {
        assertThat(read(" {\"a\":{\"b\":[1,-2.5e3,true,\"\\u00e4\",{}]},\"c\":[]} \n"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", Map.of("b", List.of(1.0, -2500.0, true, "ä", Map.of())), "c", List.of()));
        assertThat(read("{\"a\":null}")).containsKey("a").containsValue(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "1",
                "<html></html>",
                "{",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":null}}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1e999999999}",
                "{\"a\":01}",
                "{\"a\":\"\n\"}",
                "/* a */{}",
                "{\"a\":[}",
            })
    void anythingElse_isNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void depth_hasABound() throws IOException {
        assertThat(read("{\"a\":".repeat(60) + "1" + "}".repeat(60))).hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":".repeat(70) + "1" + "}".repeat(70)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1_000_000))).isInstanceOf(IOException.class);
    }
}
