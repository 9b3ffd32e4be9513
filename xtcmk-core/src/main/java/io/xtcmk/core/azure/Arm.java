package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.rest.Response;
import com.azure.core.management.profile.AzureProfile;
import com.azure.json.JsonReader;
import com.azure.json.ReadValueCallback;
import io.xtcmk.core.azure.Shape.Kind;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the clients of Azure Resource Manager's services share. */
public final class Arm {
    private final HttpPipeline pipeline;
    private final AzureProfile profile;
    private final Failures failures;
    private final LongRunning longRunning;

    Arm(HttpPipeline pipeline, AzureProfile profile, Failures failures, LongRunning longRunning) {
        this.pipeline = pipeline;
        this.profile = profile;
        this.failures = failures;
        this.longRunning = longRunning;
    }

    /** Sends requests with the connection's token. */
    public HttpPipeline pipeline() {
        return pipeline;
    }

    /** The connection's tenant, subscription and cloud. */
    public AzureProfile profile() {
        return profile;
    }

    /** Sends a request whose answer must have this shape; whatever fails is an {@link io.xtcmk.core.engine.AzureFailure}. */
    public <T> T call(Shape shape, Supplier<T> request) {
        return failures.call(shape, request);
    }

    /** Sends a PUT or PATCH and waits for its end. Asks nothing more if the first answer is the last. */
    public <T> T run(Mono<Response<Flux<ByteBuffer>>> request, Shape shape, ReadValueCallback<JsonReader, T> type) {
        return longRunning.run(request, shape, type);
    }

    /** Sends a POST that has no result, and waits for its end. */
    public void act(Mono<Response<Flux<ByteBuffer>>> request) {
        longRunning.act(request);
    }

    /** The kind of an answer's id: of the resource that was asked for. */
    public Kind id(String resourceGroup, String type, String name) {
        return Kind.same("/subscriptions/" + profile.getSubscriptionId() + "/resourceGroups/" + resourceGroup
                + "/providers/" + type + "/" + name);
    }
}
