package dev.revox.http;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * Sends requests to addresses that others choose, and keeps them out of our own network.
 *
 * <p>The JDK's HTTP client resolves a name itself, after any check of ours, and a name server may answer differently the second
 * time. So this client opens its sockets itself: it resolves a name once, judges every address, connects to the very address
 * that it judged, and still shows the name to the peer (Host, SNI, certificate). It speaks HTTP/1.1 with one request per
 * connection; tools and webhooks need no more.
 *
 * <p><b>Thread:</b> Thread-safe; each request runs as one task of the executor and blocks there.
 */
public final class OutgoingHttp {

    /** What every request shares. */
    record Surroundings(HostResolver resolver, Connector connector, SSLContext tls, Set<String> allowedHosts) {}

    private final TimeSource time;
    private final Executor executor;
    private final Surroundings surroundings;

    private OutgoingHttp(Builder builder) {
        time = builder.time;
        executor = builder.executor;
        surroundings = new Surroundings(
                builder.resolver,
                builder.connector,
                builder.tls.orElseGet(Builder::defaultTls),
                Set.copyOf(builder.allowedHosts));
    }

    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    /**
     * Sends a request and gives the whole reply, whatever its status.
     *
     * @return fails with an {@link HttpException}; cancelling it breaks the request off
     */
    public CompletableFuture<HttpReply> send(OutgoingRequest request, HttpLimits limits) {
        Exchange exchange = new Exchange(surroundings, limits);
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        Alarm alarm = time.schedule(
                limits.deadline(),
                () -> executor.execute(() -> reply.completeExceptionally(new HttpException(
                        HttpException.Reason.DEADLINE,
                        "no whole reply within " + limits.deadline().toMillis() + " ms"))));
        executor.execute(() -> {
            try {
                reply.complete(exchange.run(request));
            } catch (RuntimeException failed) {
                reply.completeExceptionally(failed);
            }
        });
        CompletableFuture<HttpReply> unused = reply.whenComplete((whole, failure) -> {
            alarm.cancel();
            if (failure != null) {
                exchange.abort();
            }
        });
        return reply;
    }

    /** Collects the settings. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {

        private final TimeSource time;
        private Executor executor =
                task -> Thread.ofVirtual().name("revox-http").start(task);
        private HostResolver resolver = HostResolver.SYSTEM;
        private Connector connector = Connector.SYSTEM;
        private Optional<SSLContext> tls = Optional.empty();
        private final Set<String> allowedHosts = new HashSet<>();

        private Builder(TimeSource time) {
            this.time = time;
        }

        /** Runs the requests, which block; a virtual thread each when left out. */
        public Builder executor(Executor forRequests) {
            executor = forRequests;
            return this;
        }

        public Builder resolver(HostResolver names) {
            resolver = names;
            return this;
        }

        public Builder connector(Connector sockets) {
            connector = sockets;
            return this;
        }

        /** Whom to trust; the JVM's own trust store when left out. */
        public Builder tls(SSLContext context) {
            tls = Optional.of(context);
            return this;
        }

        /** Lets requests go to this host wherever it leads: a name or address exactly as it stands in URLs. */
        public Builder allowHost(String host) {
            allowedHosts.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        public OutgoingHttp build() {
            return new OutgoingHttp(this);
        }

        private static SSLContext defaultTls() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("this JVM has no TLS", impossible);
            }
        }
    }
}
