package dev.revox.agent.http;

import dev.revox.agent.stream.Cancellable;
import dev.revox.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * An HTTP client for providers whose answers are pushed to a receiver as they come.
 *
 * <p>The JDK's own request timeout covers the headers only, so there is none here: callers put a deadline around the whole
 * exchange and cancel. Redirects are not followed, since a key must not travel to where a provider points.
 *
 * <p><b>Thread:</b> Thread-safe; receivers are called on virtual threads, one call at a time.
 */
public final class ProviderHttp implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.revox.agent.http");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final HttpClient client;

    private ProviderHttp(HttpClient client) {
        this.client = client;
    }

    /** A client with connections of its own. */
    public static ProviderHttp create() {
        return new ProviderHttp(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT)
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("revox-http-", 0).factory()))
                .build());
    }

    /** The JDK client itself, for a library that brings its own way of reading. */
    public HttpClient client() {
        return client;
    }

    /**
     * Starts an exchange. Returns at once.
     *
     * @param demand false reads nothing of the body until {@link Exchange#demand} is called
     */
    public Exchange start(HttpRequest request, Receiver receiver, boolean demand) {
        PushedExchange exchange = new PushedExchange(receiver, demand);
        exchange.send(client, request);
        return exchange;
    }

    /**
     * Opens a connection by asking for something small, so that the first real request finds it open. Blocks for a few
     * seconds at most and cannot fail: the first real request will say what is wrong, to someone who can act on it.
     */
    public void warmUp(URI url, Secret bearer) {
        CompletableFuture<?> answered = client.sendAsync(
                HttpRequest.newBuilder(url)
                        .timeout(CONNECT_LIMIT)
                        .header("Authorization", "Bearer " + bearer.reveal())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        try {
            Object unused = answered.get();
        } catch (InterruptedException e) {
            answered.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "no connection while warming up");
        }
    }

    /** Closes all connections at once; exchanges under way break. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    /** An exchange under way. <b>Thread:</b> Thread-safe. */
    public interface Exchange extends Cancellable {

        /** False reads no more from the connection than is already on its way; true goes on. */
        void demand(boolean more);
    }

    /** Where an answer goes. {@link #end} or {@link #broken} is the last call; a cancelled exchange may make no last call. */
    public interface Receiver {

        /** Status and headers are there. False ends the exchange: nothing else is called. */
        boolean head(int status, HttpHeaders headers);

        /** Some more of the body; the buffer is only lent. */
        void bytes(ByteBuffer more);

        void end();

        void broken(Throwable failure);
    }
}
