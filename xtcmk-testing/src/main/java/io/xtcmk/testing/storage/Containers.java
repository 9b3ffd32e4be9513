package io.xtcmk.testing.storage;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.storage.BlobService.Xml;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Containers, and the lists of what is in them. They go on while the customer's key cannot be used, but for lists that
 * show metadata.
 */
final class Containers {
    private static final Pattern NAME = Pattern.compile("(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*|\\$root|\\$web");

    private final StoredBlobs stored;
    private final World world;
    private final BlobAccess access;
    private final AccountKeys keys;

    Containers(World world, BlobAccess access, AccountKeys keys) {
        this.stored = new StoredBlobs(world);
        this.world = world;
        this.access = access;
        this.keys = keys;
    }

    Answer create(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demand(exchange, account, "write");
        String name = exchange.parameter("container");
        if (!NAME.matcher(name).matches()) {
            throw AzureError.of(400, "InvalidResourceName", "The specified resource name contains invalid characters.");
        }
        if (stored.container(account.id(), name).isPresent()) {
            throw AzureError.of(409, "ContainerAlreadyExists", "The specified container already exists.");
        }
        StoredContainer container = new StoredContainer(
                account.id(), name, BlobHeaders.metadata(exchange), BlobHeaders.etag(world), exchange.now());
        stored.put(container);
        return Answer.empty(201)
                .header("ETag", container.etag())
                .header("Last-Modified", BlobService.date(container.modifiedAt()));
    }

    Answer head(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demand(exchange, account, "read");
        return described(find(exchange, account));
    }

    private static Answer described(StoredContainer container) {
        Answer answer = Answer.empty(200)
                .header("ETag", container.etag())
                .header("Last-Modified", BlobService.date(container.modifiedAt()))
                .header("x-ms-lease-status", "unlocked")
                .header("x-ms-lease-state", "available")
                .header("x-ms-has-immutability-policy", "false")
                .header("x-ms-has-legal-hold", "false");
        return BlobHeaders.withMetadata(answer, container.metadata());
    }

    Answer delete(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demand(exchange, account, "delete");
        stored.remove(find(exchange, account));
        return Answer.empty(202);
    }

    private StoredContainer find(Exchange exchange, Resource account) {
        return stored.container(account.id(), exchange.parameter("container")).orElseThrow(Containers::notFound);
    }

    static AzureError notFound() {
        return AzureError.of(404, "ContainerNotFound", "The specified container does not exist.");
    }

    Answer list(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demand(exchange, account, "read");
        String prefix = exchange.query("prefix").orElse("");
        boolean withMetadata = exchange.query("include").orElse("").contains("metadata");
        StringBuilder xml = new StringBuilder("<EnumerationResults ServiceEndpoint=\"" + exchange.origin() + "/\">")
                .append("<Prefix>" + Xml.escape(prefix) + "</Prefix><Containers>");
        BlobPage<StoredContainer> page = BlobPage.of(
                exchange,
                stored.of(account.id()).stream()
                        .filter(c -> c.name().startsWith(prefix))
                        .toList(),
                StoredContainer::name);
        for (StoredContainer container : page.items()) {
            xml.append("<Container>").append(Xml.element("Name", container.name()));
            xml.append(properties(container));
            xml.append(withMetadata ? Xml.metadata(container.metadata()) : "").append("</Container>");
        }
        return Xml.answer(
                200,
                xml.append("</Containers>")
                        .append(Xml.element("NextMarker", page.next()))
                        .append("</EnumerationResults>")
                        .toString());
    }

    private static String properties(StoredContainer container) {
        return "<Properties>" + Xml.element("Last-Modified", BlobService.date(container.modifiedAt()))
                + Xml.element("Etag", BlobHeaders.unquoted(container.etag()))
                + "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties>";
    }

    Answer get(Exchange exchange) {
        return exchange.query("comp").orElse("").equals("list") ? blobs(exchange) : head(exchange);
    }

    private Answer blobs(Exchange exchange) {
        Resource account = access.account(exchange);
        access.demandData(exchange, account, "read");
        StoredContainer container = find(exchange, account);
        boolean withMetadata = exchange.query("include").orElse("").contains("metadata");
        if (withMetadata) {
            check(account);
        }
        String prefix = exchange.query("prefix").orElse("");
        List<StoredBlob> blobs = stored.in(account.id(), container.name()).stream()
                .filter(b -> b.name().startsWith(prefix))
                .toList();
        return Xml.answer(200, BlobList.of(exchange, container, prefix, blobs, withMetadata));
    }

    private void check(Resource account) {
        try {
            keys.open(account);
        } catch (BrokenLink broken) {
            throw StorageErrors.ofData(broken);
        }
    }

    /** The XML of List Blobs, with the folders that a delimiter makes. */
    private static final class BlobList {
        static String of(
                Exchange exchange,
                StoredContainer container,
                String prefix,
                List<StoredBlob> blobs,
                boolean withMetadata) {
            String delimiter = exchange.query("delimiter").orElse("");
            StringBuilder xml = new StringBuilder("<EnumerationResults ServiceEndpoint=\"" + exchange.origin()
                    + "/\" ContainerName=\"" + Xml.escape(container.name()) + "\">");
            xml.append(Xml.element("Prefix", prefix)).append("<Blobs>");
            BlobPage<Entry> page = BlobPage.of(exchange, entries(prefix, delimiter, blobs), Entry::name);
            for (Entry entry : page.items()) {
                xml.append(
                        entry.blob() == null
                                ? "<BlobPrefix>" + Xml.element("Name", entry.name()) + "</BlobPrefix>"
                                : blob(entry.blob(), withMetadata));
            }
            return xml.append("</Blobs>")
                    .append(Xml.element("NextMarker", page.next()))
                    .append("</EnumerationResults>")
                    .toString();
        }

        /** A line: a blob, or the folder that stands for all blobs whose names begin with its own. */
        private record Entry(
                String name,
                @org.jspecify.annotations.Nullable StoredBlob blob) {}

        private static List<Entry> entries(String prefix, String delimiter, List<StoredBlob> blobs) {
            return blobs.stream()
                    .map(blob -> {
                        int at = delimiter.isEmpty() ? -1 : blob.name().indexOf(delimiter, prefix.length());
                        return at < 0
                                ? new Entry(blob.name(), blob)
                                : new Entry(blob.name().substring(0, at + delimiter.length()), null);
                    })
                    .distinct()
                    .toList();
        }

        private static String blob(StoredBlob blob, boolean withMetadata) {
            Map<String, String> headers = blob.headers();
            return "<Blob>" + Xml.element("Name", blob.name()) + "<Properties>"
                    + Xml.element("Creation-Time", BlobService.date(blob.createdAt()))
                    + Xml.element("Last-Modified", BlobService.date(blob.modifiedAt()))
                    + Xml.element("Etag", BlobHeaders.unquoted(blob.etag()))
                    + Xml.element("Content-Length", Integer.toString(blob.length()))
                    + Xml.element("Content-Type", headers.getOrDefault("Content-Type", ""))
                    + Xml.element("Content-MD5", headers.getOrDefault("Content-MD5", ""))
                    + "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>"
                    + "<AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus>"
                    + "<LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted></Properties>"
                    + (withMetadata ? Xml.metadata(blob.metadata()) : "") + "</Blob>";
        }
    }
}
