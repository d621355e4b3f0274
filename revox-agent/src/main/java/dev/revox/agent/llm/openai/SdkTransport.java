package dev.revox.agent.llm.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAI SDK's way to the network: {@code java.net.http} instead of OkHttp.
 *
 * <p>The SDK's own transport takes up to 100 ms to close a stream and leaks the connection. Here an interrupt of the thread
 * that sends or reads closes the connection at once, wherever the exchange stands.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class SdkTransport implements HttpClient {

    // The JDK sets these itself and refuses them from others.
    private static final Set<String> SET_BY_JDK = Set.of("content-length", "host", "connection", "expect", "upgrade");

    private final java.net.http.HttpClient client;
    private final Executor threads;

    SdkTransport(java.net.http.HttpClient client, Executor threads) {
        this.client = client;
        this.threads = threads;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        HeldBody body = new HeldBody();
        CompletableFuture<java.net.http.HttpResponse<InputStream>> sent = client.sendAsync(translate(request), body);
        try {
            return new Response(sent.get());
        } catch (InterruptedException e) {
            sent.cancel(true);
            body.giveUp();
            Thread.currentThread().interrupt();
            throw new OpenAIIoException("interrupted", e);
        } catch (ExecutionException e) {
            throw new OpenAIIoException("request failed", e.getCause());
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return CompletableFuture.supplyAsync(() -> execute(request, options), threads);
    }

    private static java.net.http.HttpRequest translate(HttpRequest request) {
        HttpRequestBody body = request.body();
        java.net.http.HttpRequest.Builder translated = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), publisher(body));
        Headers headers = request.headers();
        for (String name : headers.names()) {
            if (!SET_BY_JDK.contains(name.toLowerCase(Locale.ROOT))) {
                headers.values(name).forEach(value -> translated.header(name, value));
            }
        }
        String type = body == null ? null : body.contentType();
        if (type != null && headers.values("Content-Type").isEmpty()) {
            translated.header("Content-Type", type);
        }
        return translated.build();
    }

    private static BodyPublisher publisher(@Nullable HttpRequestBody body) {
        if (body == null) {
            return BodyPublishers.noBody();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        return BodyPublishers.ofByteArray(bytes.toByteArray());
    }

    /** The connections belong to whoever made the client. */
    @Override
    public void close() {}

    private static final class Response implements HttpResponse {

        private final java.net.http.HttpResponse<InputStream> response;
        private final BoundedBody body;

        Response(java.net.http.HttpResponse<InputStream> response) {
            this.response = response;
            body = new BoundedBody(response.body());
        }

        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Headers headers() {
            Headers.Builder headers = Headers.builder();
            response.headers().map().forEach((name, values) -> headers.put(name, values));
            return headers.build();
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new OpenAIIoException("closing failed", e);
            }
        }
    }
}
