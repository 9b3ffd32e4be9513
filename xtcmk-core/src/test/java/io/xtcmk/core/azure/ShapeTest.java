package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.azure.Shape.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("text", Kind.TEXT),
            Map.entry("uuid", Kind.UUID),
            Map.entry("resource", Kind.RESOURCE_ID),
            Map.entry("key", Kind.KEY_URL),
            Map.entry("vault", Kind.VAULT_URL),
            Map.entry("version", Kind.KEY_VERSION),
            Map.entry("version or blank", Kind.KEY_VERSION.orBlank()),
            Map.entry("time", Kind.TIME),
            Map.entry("seconds", Kind.SECONDS),
            Map.entry("texts", Kind.TEXTS),
            Map.entry("tags", Kind.TAGS),
            Map.entry("by id", Kind.RESOURCES_BY_ID),
            Map.entry("same", Kind.same("Asked")));

    private static Map<String, Object> json(String text) throws IOException {
        return StrictJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text | 'x' | true",
                "text | ' ' | false",
                "text | 1 | false",
                "uuid | '33333333-3333-3333-3333-333333333333' | true",
                "uuid | '3-3-3-3-3' | false",
                "resource | '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/g/providers/N.S/t/n' | true",
                "resource | '/subscriptions/g' | false",
                "key | 'https://kv-one.vault.azure.net:443/keys/k' | true",
                "key | 'https://kv-one.evil.example/keys/k' | false",
                "vault | 'https://kv-one.vault.azure.net' | true",
                "vault | 'https://kv-one.vault.azure.net/keys/k' | false",
                "version | '0123456789abcdef0123456789ABCDEF' | true",
                "version | '' | false",
                "version or blank | '' | true",
                "version or blank | 'latest' | false",
                "time | '2026-01-01T00:00:00.1234567Z' | true",
                "time | '+999999999-12-31T23:59:59Z' | false",
                "time | '0001-01-01T00:00:00Z' | true",
                "time | '-0001-01-01T00:00:00Z' | false",
                "time | 'yesterday' | false",
                "seconds | 1767225600 | true",
                "seconds | 9223372036854775807 | false",
                "seconds | -1 | false",
                "seconds | '1' | false",
                "texts | [] | true",
                "texts | [null] | false",
                "texts | {} | false",
                "tags | {'a':''} | true",
                "tags | {'a':{}} | false",
                "by id | {} | true",
                "by id | {'x':{}} | false",
                "same | 'aSKED' | true",
                "same | 'other' | false",
            })
    void kind_isTold(String kind, String value, boolean fits) throws IOException {
        Shape shape = Shape.OBJECT.must("a.b", KINDS.get(kind));
        assertThat(shape.problem(json("{'a':{'b':" + value + "}}")).isEmpty()).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}", "{'a':null}", "{'a':{}}", "{'a':{'b':null}}"})
    void whatIsNotThere_isMissedOnlyIfItMustBe(String body) throws IOException {
        assertThat(Shape.OBJECT.may("a.b", Kind.TEXT).problem(json(body))).isEmpty();
        assertThat(Shape.OBJECT.must("a.b", Kind.TEXT).problem(json(body)))
                .contains("the answer does not have a text at a.b");
    }

    /** Something else on the way is not as if nothing were there. */
    @Test
    void pathThroughATextOrAList_isNoPath() throws IOException {
        Shape shape = Shape.OBJECT.may("a.b", Kind.TEXT);
        assertThat(shape.problem(json("{'a':'b'}"))).isPresent();
        assertThat(shape.problem(json("{'a':[]}"))).isPresent();
    }

    @Test
    void problem_doesNotRepeatTheAnswer() throws IOException {
        assertThat(Shape.OBJECT.must("id", Kind.UUID).problem(json("{'id':'secret'}")))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'value':[]} | true",
                "{'value':[{'id':'x'},{'id':'y'}]} | true",
                "{'value':[{'id':'x'},{}]} | false",
                "{'value':[null]} | false",
                "{'value':['x']} | false",
                "{'value':{}} | false",
                "{'value':null} | false",
                "{'id':'x'} | false",
            })
    void page_isOfItems(String body, boolean fits) throws IOException {
        assertThat(Shape.OBJECT.must("id", Kind.TEXT).page().problem(json(body)).isEmpty())
                .isEqualTo(fits);
    }
}
