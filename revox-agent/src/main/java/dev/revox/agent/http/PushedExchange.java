package dev.revox.agent.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way from the JDK's publisher to a receiver.
 *
 * <p>Exactly one item is asked for at a time, and none while there is no demand: TCP's own flow control then reaches the
 * provider.
 */
final class PushedExchange implements ProviderHttp.Exchange, HttpResponse.BodySubscriber<Void> {

    private final ProviderHttp.Receiver receiver;
    private final CompletableFuture<Void> body = new CompletableFuture<>();

    private boolean cancelled;
    private boolean wanted;
    private boolean asked;
    private Flow.@Nullable Subscription subscription;
    private @Nullable CompletableFuture<HttpResponse<Void>> sending;

    PushedExchange(ProviderHttp.Receiver receiver, boolean wanted) {
        this.receiver = receiver;
        this.wanted = wanted;
    }

    void send(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request, this::head);
        synchronized (this) {
            sending = sent;
            if (cancelled) {
                sent.cancel(true);
            }
        }
        CompletableFuture<Void> unused = sent.handle((response, failure) -> {
            if (failure != null && !isCancelled()) {
                receiver.broken(failure);
            }
            return null;
        });
    }

    private HttpResponse.BodySubscriber<Void> head(HttpResponse.ResponseInfo info) {
        if (isCancelled() || !receiver.head(info.statusCode(), info.headers())) {
            cancel();
        }
        return this;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (isCancelled()) {
            given.cancel();
        } else {
            ask();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        synchronized (this) {
            asked = false;
        }
        for (ByteBuffer item : items) {
            if (isCancelled()) {
                return;
            }
            receiver.bytes(item);
        }
        ask();
    }

    private void ask() {
        Flow.@Nullable Subscription ready;
        synchronized (this) {
            if (!wanted || asked || cancelled || subscription == null) {
                return;
            }
            asked = true;
            ready = subscription;
        }
        ready.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (!isCancelled()) {
            receiver.end();
        }
        body.complete(null);
    }

    @Override
    public void demand(boolean more) {
        synchronized (this) {
            wanted = more;
        }
        ask();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void cancel() {
        Flow.@Nullable Subscription open;
        @Nullable CompletableFuture<HttpResponse<Void>> unsent;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            open = subscription;
            unsent = sending;
        }
        if (open != null) {
            open.cancel();
        }
        if (unsent != null) {
            unsent.cancel(true);
        }
        body.complete(null);
    }
}
