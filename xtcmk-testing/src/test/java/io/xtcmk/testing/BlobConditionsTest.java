package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ETags, dates and pages, by Microsoft's client; rules from "Specifying conditional headers for Blob service operations". */
class BlobConditionsTest {
    private final TwoTenants two = new TwoTenants().connect();
    private BlobContainerClient container;
    private BlobClient blob;

    @BeforeEach
    void write() {
        two.createAccount();
        container = new BlobServiceClientBuilder()
                .endpoint("https://stfabrikam.blob.core.windows.net")
                .credential(two.contoso.credential())
                .httpClient(two.azure.httpClient())
                .buildClient()
                .getBlobContainerClient("data");
        container.create();
        blob = container.getBlobClient("letter.txt");
        blob.upload(BinaryData.fromString("one"));
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BlobStorageException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(status));
    }

    private BlobRequestConditions ifMatch(String etag) {
        return new BlobRequestConditions().setIfMatch(etag);
    }

    private void read(BlobRequestConditions conditions) {
        blob.downloadContentWithResponse(null, conditions, null, Context.NONE);
    }

    /** OkHttp accepts gzip on its own account, and takes the length away from what it has decompressed. */
    @Test
    void reader_whoAcceptsGzip_getsTheBytesWithTheirLength() {
        BlobClient accepting = new BlobClientBuilder()
                .endpoint(blob.getBlobUrl())
                .credential(two.contoso.credential())
                .httpClient(two.azure.httpClient())
                .addPolicy((context, next) -> {
                    context.getHttpRequest().setHeader(HttpHeaderName.ACCEPT_ENCODING, "gzip");
                    return next.process();
                })
                .buildClient();

        assertThat(accepting.downloadContent()).hasToString("one");
        assertThat(accepting
                        .downloadContentWithResponse(null, null, null, Context.NONE)
                        .getHeaders()
                        .getValue(HttpHeaderName.CONTENT_LENGTH))
                .isEqualTo("3");
    }

    @Test
    void reader_withTheCurrentTag_isToldThatNothingChanged() {
        String etag = blob.getProperties().getETag();

        read(ifMatch(etag));
        assertStatus(304, () -> read(new BlobRequestConditions().setIfNoneMatch(etag)));
        blob.upload(BinaryData.fromString("two"), true);
        read(new BlobRequestConditions().setIfNoneMatch(etag));
        assertStatus(412, () -> read(ifMatch(etag)));
    }

    @Test
    void writer_withAnOldTag_doesNotOverwrite() {
        String etag = blob.getProperties().getETag();
        blob.upload(BinaryData.fromString("two"), true);

        assertStatus(
                412,
                () -> blob.uploadWithResponse(
                        new BlobParallelUploadOptions(BinaryData.fromString("three"))
                                .setRequestConditions(ifMatch(etag)),
                        null,
                        Context.NONE));
        assertStatus(409, () -> blob.upload(BinaryData.fromString("four")));
        assertStatus(
                412,
                () -> blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, ifMatch(etag), null, Context.NONE));
        assertThat(blob.downloadContent()).hasToString("two");
    }

    @Test
    void dates_countInSeconds() {
        OffsetDateTime written = blob.getProperties().getLastModified();

        assertStatus(304, () -> read(new BlobRequestConditions().setIfModifiedSince(written)));
        read(new BlobRequestConditions().setIfUnmodifiedSince(written));
        two.azure.clock().advance(Duration.ofSeconds(1));
        blob.upload(BinaryData.fromString("two"), true);
        read(new BlobRequestConditions().setIfModifiedSince(written));
        assertStatus(412, () -> read(new BlobRequestConditions().setIfUnmodifiedSince(written)));
    }

    @Test
    void list_isFollowedPageByPage_andAFolderIsShownOnce() {
        IntStream.range(0, 3)
                .forEach(i -> container.getBlobClient("folder/" + i).upload(BinaryData.fromString("x")));
        two.azure.largestPage(1);

        List<String> all = container.listBlobs().stream().map(BlobItem::getName).toList();
        List<String> top = container.listBlobsByHierarchy("").stream()
                .map(BlobItem::getName)
                .toList();

        assertThat(all).containsExactly("folder/0", "folder/1", "folder/2", "letter.txt");
        assertThat(top).containsExactly("folder/", "letter.txt");
    }
}
