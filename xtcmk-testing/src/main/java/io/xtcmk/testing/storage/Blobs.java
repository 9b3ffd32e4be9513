package io.xtcmk.testing.storage;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.UnsupportedRouteError;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs. Nothing of them can be written or read without the account's data key. */
final class Blobs {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

    private final World world;
    private final StoredBlobs stored;
    private final BlobAccess access;
    private final AccountKeys keys;

    Blobs(World world, BlobAccess access, AccountKeys keys) {
        this.world = world;
        this.stored = new StoredBlobs(world);
        this.access = access;
        this.keys = keys;
    }

    Answer put(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demandData(exchange, account, "write");
        String container = container(exchange, account);
        checkType(exchange);
        Optional<StoredBlob> before = stored.find(account.id(), container, exchange.parameter("blob"));
        Conditions.checkWrite(exchange, before);
        byte[] key = open(account);
        String md5 = md5(exchange.body());
        checkMd5(exchange, md5);
        StoredBlob blob = new StoredBlob(
                account.id(),
                container,
                exchange.parameter("blob"),
                AtRest.encrypt(world, key, exchange.body()),
                exchange.body().length,
                BlobHeaders.content(exchange, md5),
                BlobHeaders.metadata(exchange),
                BlobHeaders.etag(world),
                before.map(StoredBlob::createdAt).orElse(exchange.now()),
                exchange.now());
        stored.put(blob);
        return Answer.empty(201)
                .header("ETag", blob.etag())
                .header("Last-Modified", BlobService.date(blob.modifiedAt()))
                .header("Content-MD5", md5)
                .header("x-ms-request-server-encrypted", "true");
    }

    private String container(Exchange exchange, Resource account) {
        return stored.container(account.id(), exchange.parameter("container"))
                .orElseThrow(Containers::notFound)
                .name();
    }

    private static void checkType(Exchange exchange) {
        boolean wholeBlob = exchange.query("comp").isEmpty()
                && exchange.header("x-ms-blob-type").orElse("").equals("BlockBlob")
                && exchange.header("x-ms-copy-source").isEmpty();
        if (!wholeBlob) {
            throw new UnsupportedRouteError("of blob writes the fake knows Put Blob of a block blob"
                    + " in one request only, not comp="
                    + exchange.query("comp").orElse("") + " of type "
                    + exchange.header("x-ms-blob-type").orElse("none"));
        }
    }

    Answer get(Exchange exchange) {
        Resource account = access.account(exchange);
        StoredBlob blob = find(exchange, account, "read");
        Conditions.checkRead(exchange, blob);
        byte[] content = AtRest.decrypt(open(account), blob.atRest());
        Optional<Matcher> range =
                exchange.header("x-ms-range").or(() -> exchange.header("Range")).map(Blobs::range);
        return range.isEmpty() ? whole(blob, content) : part(blob, content, range.get());
    }

    private static Matcher range(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new UnsupportedRouteError("of ranges the fake plays bytes=from-to and bytes=from- only, not " + text);
        }
        return range;
    }

    private static void checkMd5(Exchange exchange, String md5) {
        for (String header : new String[] {"Content-MD5", "x-ms-blob-content-md5"}) {
            if (exchange.header(header).filter(said -> !said.equals(md5)).isPresent()) {
                throw AzureError.of(
                        400,
                        "Md5Mismatch",
                        "The MD5 value specified in the request did not match with the MD5 value calculated by the server.");
            }
        }
    }

    private static Answer whole(StoredBlob blob, byte[] content) {
        return described(new Answer(200, Map.of(), content), blob);
    }

    private static Answer part(StoredBlob blob, byte[] content, Matcher range) {
        long from = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? content.length - 1 : Long.parseLong(range.group(2));
        if (from >= content.length || last < from) {
            throw AzureError.of(
                            416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
                    .header("Content-Range", "bytes */" + content.length);
        }
        int end = (int) Math.min(content.length, last + 1);
        byte[] bytes = Arrays.copyOfRange(content, (int) from, end);
        Answer answer = described(new Answer(206, Map.of(), bytes), blob);
        return answer.header("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + content.length);
    }

    Answer head(Exchange exchange) {
        Resource account = access.account(exchange);
        StoredBlob blob = find(exchange, account, "read");
        Conditions.checkRead(exchange, blob);
        open(account);
        return described(Answer.empty(200), blob).header("Content-Length", Integer.toString(blob.length()));
    }

    private static Answer described(Answer answer, StoredBlob blob) {
        Answer described = answer.header("ETag", blob.etag())
                .header("Last-Modified", BlobService.date(blob.modifiedAt()))
                .header("x-ms-creation-time", BlobService.date(blob.createdAt()))
                .header("x-ms-blob-type", "BlockBlob")
                .header("x-ms-lease-status", "unlocked")
                .header("x-ms-lease-state", "available")
                .header("x-ms-server-encrypted", "true")
                .header("x-ms-access-tier", "Hot")
                .header("x-ms-access-tier-inferred", "true")
                .header("Accept-Ranges", "bytes");
        for (Map.Entry<String, String> header : blob.headers().entrySet()) {
            described = described.header(header.getKey(), header.getValue());
        }
        return BlobHeaders.withMetadata(described, blob.metadata());
    }

    Answer delete(Exchange exchange) {
        StoredBlob blob = find(exchange, access.account(exchange), "delete");
        Conditions.checkWrite(exchange, Optional.of(blob));
        stored.remove(blob);
        return Answer.empty(202).header("x-ms-delete-type-permanent", "true");
    }

    private StoredBlob find(Exchange exchange, Resource account, String operation) {
        access.demandData(exchange, account, operation);
        String container = container(exchange, account);
        return stored.find(account.id(), container, exchange.parameter("blob"))
                .orElseThrow(() -> AzureError.of(404, "BlobNotFound", "The specified blob does not exist."));
    }

    private byte[] open(Resource account) {
        try {
            return keys.open(keys.rotated(account));
        } catch (BrokenLink broken) {
            throw StorageErrors.ofData(broken);
        }
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
