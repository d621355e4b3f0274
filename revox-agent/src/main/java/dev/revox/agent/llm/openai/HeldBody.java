package dev.revox.agent.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, kept from the moment its head comes in, so that it can be given up even when nobody was handed the
 * answer yet.
 *
 * <p>A request that is cancelled between the head of its answer and the thread that waits for it is past what cancelling its
 * future reaches: the connection would stay open, and the answer with it, until the provider ends it.
 *
 * <p><b>Thread:</b> Thread-safe. Used for one request.
 */
final class HeldBody implements HttpResponse.BodyHandler<InputStream> {

    private boolean givenUp;
    private @Nullable InputStream body;

    @Override
    public HttpResponse.BodySubscriber<InputStream> apply(HttpResponse.ResponseInfo head) {
        HttpResponse.BodySubscriber<InputStream> subscriber = HttpResponse.BodySubscribers.ofInputStream();
        // This subscriber has its stream before the first byte of it.
        CompletionStage<Void> unused = subscriber.getBody().thenAccept(this::hold);
        return subscriber;
    }

    private void hold(InputStream stream) {
        boolean late;
        synchronized (this) {
            body = stream;
            late = givenUp;
        }
        if (late) {
            close(stream);
        }
    }

    /** Closes the connection, now or as soon as the head comes in. */
    void giveUp() {
        @Nullable InputStream open;
        synchronized (this) {
            givenUp = true;
            open = body;
        }
        if (open != null) {
            close(open);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // What is given up has nobody to tell.
        }
    }
}
