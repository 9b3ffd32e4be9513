package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import io.xtcmk.testing.http.UnsupportedRouteError;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request to Blob Storage says beside its path makes another operation of it: played, or refused by name. */
class BlobRequestsTest {
    private static final String HOST = "https://stfabrikam.blob.core.windows.net";

    private final TwoTenants two = new TwoTenants().connect();
    private Rest blobs;

    @BeforeEach
    void write() {
        two.createAccount();
        blobs = Rest.over(two.azure.httpClient())
                .as(two.contoso.credential(), "https://storage.azure.com/.default")
                .with("x-ms-version", "2023-11-03");
        TwoTenants.ok(blobs.put(HOST + "/data?restype=container", Map.of()));
        TwoTenants.ok(letter().put(HOST + "/data/letter", Map.of("text", "one")));
    }

    private Rest letter() {
        return blobs.with("x-ms-blob-type", "BlockBlob");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /data?restype=container&comp=metadata, comp=metadata",
        "PUT, /other?restype=container&comp=acl, comp=acl",
        "PUT, /other?restype=container&comp=lease, comp=lease",
        "PUT, /other, restype=",
        "DELETE, /data/letter?snapshot=2026-01-01T00:00:00Z, snapshot",
        "GET, /data/letter?comp=tags, comp=tags",
        "GET, /data/letter?comp=blocklist, comp=blocklist",
        "GET, /?restype=service&comp=properties, restype=service",
        "GET, /?comp=properties, comp=properties",
        "GET, /data?restype=container&comp=list&include=tags, include=tags",
    })
    void whatIsNotPlayed_isNamed_andChangesNothing(HttpMethod method, String url, String named) {
        assertThatThrownBy(() -> send(method, HOST + url))
                .isInstanceOf(UnsupportedRouteError.class)
                .hasMessageContaining(named);
        assertThat(blobs.get(HOST + "/data/letter").text()).isEqualTo("{\"text\":\"one\"}");
        assertThat(blobs.get(HOST + "/?comp=list").text()).doesNotContain("other");
    }

    private Rest.Reply send(HttpMethod method, String url) {
        return switch (method.toString()) {
            case "PUT" -> blobs.put(url, Map.of());
            case "DELETE" -> blobs.delete(url);
            default -> blobs.get(url);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "x-ms-tags, a=b",
        "x-ms-encryption-scope, other",
        "x-ms-access-tier, Cool",
        "x-ms-delete-snapshots, only"
    })
    void headerThatIsNotPlayed_isNamed(String header, String value) {
        assertThatThrownBy(() -> letter().with(header, value).put(HOST + "/data/letter", Map.of("text", "two")))
                .isInstanceOf(UnsupportedRouteError.class)
                .hasMessageContaining(header);
    }

    /** Codes from Microsoft's page "Blob service error codes". */
    @Test
    void wrongHashAndUnknownLease_areRefused() {
        Rest.Reply hash = letter().with("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
                .put(HOST + "/data/letter", Map.of("text", "two"));
        Rest.Reply lease = blobs.with("x-ms-lease-id", "00000000-0000-0000-0000-000000000001")
                .delete(HOST + "/data/letter");

        assertThat(hash.text()).contains("<Code>Md5Mismatch</Code>");
        assertThat(lease.status()).isEqualTo(412);
        assertThat(lease.text()).contains("<Code>LeaseNotPresentWithBlobOperation</Code>");
    }

    @ParameterizedTest
    @CsvSource({"bytes=3-1", "bytes=999999999999999999-"})
    void rangeThatIsNone_isInvalid(String range) {
        assertThat(blobs.with("x-ms-range", range).get(HOST + "/data/letter").status())
                .isEqualTo(416);
    }

    @Test
    void deletingWhatEachPageLists_leavesNothing() {
        letter().put(HOST + "/data/a", Map.of());
        letter().put(HOST + "/data/b", Map.of());
        two.azure.largestPage(1);

        String marker = "";
        for (int page = 0; page < 3; page++) {
            String list = blobs.get(HOST + "/data?restype=container&comp=list&marker=" + marker)
                    .text();
            assertThat(list).contains("<Name>");
            blobs.delete(HOST + "/data/" + between(list, "<Name>", "</Name>"));
            marker = between(list, "<NextMarker>", "</NextMarker>");
        }

        assertThat(marker).isEmpty();
        assertThat(blobs.get(HOST + "/data?restype=container&comp=list").text()).doesNotContain("<Name>");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
