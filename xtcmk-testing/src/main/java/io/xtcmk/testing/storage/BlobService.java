package io.xtcmk.testing.storage;

import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Blob Storage: containers, and blobs encrypted at rest under their account's data key. Entra tokens only. */
public final class BlobService implements Service {
    private static final Set<String> SUFFIXES =
            Set.of(".blob.core.windows.net", ".blob.core.usgovcloudapi.net", ".blob.core.chinacloudapi.cn");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Operations operations;
    private final BlobAccess access;
    private final Containers containers;
    private final Blobs blobs;
    private final List<Route> routes;

    /**
     * Blob Storage over one world.
     *
     * @param world the state
     * @param tokens checks callers' tokens
     * @param operations long-running operations, for accounts that are being made
     * @param customerKeys the walk to customers' keys
     */
    public BlobService(World world, Tokens tokens, Operations operations, CustomerKeys customerKeys) {
        this.operations = operations;
        this.access = new BlobAccess(world, tokens);
        AccountKeys keys = new AccountKeys(world, customerKeys);
        this.containers = new Containers(world, access, keys);
        this.blobs = new Blobs(world, access, keys);
        this.routes = table();
    }

    @Override
    public String name() {
        return "Blob Storage";
    }

    @Override
    public boolean carriesData() {
        return true;
    }

    @Override
    public boolean serves(String host) {
        String folded = host.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(folded::endsWith);
    }

    @Override
    public boolean resolves(String host) {
        operations.settle();
        return access.find(host).isPresent();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private List<Route> table() {
        String container = "Microsoft.Storage/storageAccounts/blobServices/containers/";
        String blob = container + "blobs/";
        return List.of(
                Route.of("GET", "/", container + "read", "list containers", containers::list),
                Route.of("PUT", "/{container}", container + "write", "create a container", containers::create),
                Route.of(
                        "GET",
                        "/{container}",
                        blob + "read",
                        "list blobs, or a container's properties",
                        containers::get),
                Route.of("HEAD", "/{container}", container + "read", "a container's properties", containers::head),
                Route.of("DELETE", "/{container}", container + "delete", "delete a container", containers::delete),
                Route.of("PUT", "/{container}/{+blob}", blob + "write", "Put Blob (block blobs)", blobs::put),
                Route.of("GET", "/{container}/{+blob}", blob + "read", "Get Blob", blobs::get),
                Route.of("HEAD", "/{container}/{+blob}", blob + "read", "Get Blob Properties", blobs::head),
                Route.of("DELETE", "/{container}/{+blob}", blob + "delete", "Delete Blob", blobs::delete));
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        operations.settle();
        access.authenticate(exchange);
        BlobRequest.check(exchange);
    }

    /** Storage has 503 for it. */
    @Override
    public AzureError throttled() {
        return AzureError.of(503, "ServerBusy", "The server is busy.");
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        boolean hasNoBody = exchange.method().equals("HEAD") || error.status() == 304;
        Answer answer = hasNoBody
                ? Answer.empty(error.status())
                : Xml.answer(
                        error.status(),
                        "<Error><Code>" + error.code() + "</Code><Message>"
                                + Xml.escape(error.message() + "\nRequestId:" + exchange.requestId() + "\nTime:"
                                        + exchange.now())
                                + "</Message></Error>");
        return answer.header("x-ms-error-code", error.code());
    }

    /**
     * Storage sends bodies as they are, with their length, to those who accept gzip too: clients that find no length, such
     * as one behind an OkHttp that has decompressed the answer, cannot read a blob.
     */
    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        Answer measured = answer.headers().containsKey("Content-Length")
                ? answer
                : answer.header("Content-Length", Integer.toString(answer.body().length));
        Answer finished = measured.header(
                        "x-ms-request-id", exchange.requestId().toString())
                .header("x-ms-version", exchange.header("x-ms-version").orElse("2023-11-03"))
                .header("Date", date(exchange.now()))
                .header("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
        return exchange.header("x-ms-client-request-id")
                .map(id -> finished.header("x-ms-client-request-id", id))
                .orElse(finished);
    }

    /** An instant as HTTP writes it. */
    static String date(Instant when) {
        return HTTP_DATE.format(when);
    }

    /** XML as Storage answers it. */
    static final class Xml {
        private Xml() {}

        static Answer answer(int status, String content) {
            String text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + content;
            return Answer.of(status, "application/xml", text.getBytes(StandardCharsets.UTF_8));
        }

        static String element(String name, String value) {
            return "<" + name + ">" + escape(value) + "</" + name + ">";
        }

        static String metadata(Map<String, String> values) {
            StringBuilder xml = new StringBuilder("<Metadata>");
            values.forEach((name, value) -> xml.append(element(name, value)));
            return xml.append("</Metadata>").toString();
        }

        static String escape(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }
    }
}
