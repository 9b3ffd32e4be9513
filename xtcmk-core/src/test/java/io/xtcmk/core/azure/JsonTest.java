package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of answers that have no model of Microsoft's. */
class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|true", "{\"a\":1}|true", "[]|false", "null|false", "{\"a\":|false", "<html>|false"})
    void object_isOneAndWhole(String body, boolean expected) {
        assertThat(Json.isObject(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    /** Older token endpoints write expires_in as a text. */
    @Test
    void number_mayBeAText() {
        Map<String, Object> answer = Map.of("number", 3600, "text", "3600", "none", "soon", "flag", true);

        assertThat(Json.number(answer, "number")).hasValue(3600);
        assertThat(Json.number(answer, "text")).hasValue(3600);
        assertThat(Json.number(answer, "none")).isEmpty();
        assertThat(Json.number(answer, "flag")).isEmpty();
        assertThat(Json.number(answer, "missing")).isEmpty();
    }
}
