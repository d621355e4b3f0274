package dev.revox.agent.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.revox.agent.http.Refusals;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stream.Watchdog;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * One completion under way: a virtual thread that reads the SDK's stream and hands each piece on.
 *
 * <p>Interrupting that thread is what closes the connection; the door ({@link Delivery}) is shut before, so whatever the
 * thread still had in hand goes nowhere. Two deadlines stand around it: one from sign of life to sign of life, one around the
 * whole.
 */
final class Completion implements Cancellable {

    private final String provider;
    private final LanguageModel.Sink sink;
    private final ModelDeadlines deadlines;
    private final Delivery delivery = new Delivery();
    private final Watchdog stall;
    private final Watchdog whole;
    private final Thread reader;

    Completion(
            OpenAIClient client,
            ChatCompletionCreateParams params,
            LanguageModel.Sink sink,
            String provider,
            ModelDeadlines deadlines,
            TimeSource time) {
        this.provider = provider;
        this.sink = sink;
        this.deadlines = deadlines;
        stall = new Watchdog(time, () -> abandon("the model went silent"));
        whole = new Watchdog(time, () -> abandon("the answer took longer than " + deadlines.whole()));
        reader = Thread.ofVirtual().name("revox-llm-" + provider).unstarted(() -> read(client, params));
    }

    void start() {
        stall.expectWithin(deadlines.firstToken());
        whole.expectWithin(deadlines.whole());
        reader.start();
    }

    @Override
    public void cancel() {
        if (delivery.shut()) {
            free();
        }
    }

    private void abandon(String why) {
        fail(new ProviderException(provider, Kind.STALL, why));
        reader.interrupt();
    }

    private void fail(ProviderException failure) {
        delivery.last(() -> sink.failed(failure));
        stall.stop();
        whole.stop();
    }

    private void free() {
        stall.stop();
        whole.stop();
        reader.interrupt();
    }

    private void read(OpenAIClient client, ChatCompletionCreateParams params) {
        try (StreamResponse<ChatCompletionChunk> answer =
                client.chat().completions().createStreaming(params)) {
            consume(answer);
        } catch (RuntimeException e) {
            fail(explain(e));
        } finally {
            stall.stop();
            whole.stop();
        }
    }

    private void consume(StreamResponse<ChatCompletionChunk> answer) {
        ToolCalls calls = new ToolCalls();
        boolean any = false;
        boolean finished = false;
        for (Iterator<ChatCompletionChunk> chunks = answer.stream().iterator();
                delivery.isOpen() && chunks.hasNext(); ) {
            ChatCompletionChunk chunk = chunks.next();
            any = true;
            stall.expectWithin(deadlines.nextToken());
            for (ChatCompletionChunk.Choice choice : chunk.choices()) {
                String text = choice.delta().content().orElse("");
                if (!text.isEmpty()) {
                    delivery.pass(() -> sink.text(text));
                }
                choice.delta().toolCalls().ifPresent(pieces -> pieces.forEach(calls::add));
                finished |= choice.finishReason().isPresent();
            }
        }
        finish(calls, any, finished);
    }

    private void finish(ToolCalls calls, boolean any, boolean finished) {
        if (!finished) {
            fail(
                    any
                            ? new ProviderException(provider, Kind.CONNECTION, "the answer broke off")
                            : new ProviderException(provider, Kind.PROTOCOL, "the answer is no stream of events"));
            return;
        }
        calls.complete().forEach(call -> delivery.pass(() -> sink.toolCall(call)));
        delivery.last(sink::done);
    }

    // Messages and bodies of the SDK's exceptions are left out: they quote what the server said, which may quote the
    // key.
    private ProviderException explain(RuntimeException failure) {
        if (failure instanceof SseException) {
            return new ProviderException(provider, Kind.SERVER, "an error was reported within the answer");
        }
        if (failure instanceof OpenAIServiceException refusal) {
            return Refusals.ofStatus(
                    provider,
                    refusal.statusCode(),
                    refusal.headers().values("Retry-After").stream().findFirst());
        }
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof com.fasterxml.jackson.core.JacksonException) {
                return garbage();
            }
            if (cause instanceof IOException) {
                return Refusals.ofBreak(provider, cause);
            }
            cause = cause.getCause();
        }
        if (failure instanceof OpenAIInvalidDataException) {
            return garbage();
        }
        return new ProviderException(
                provider,
                Kind.PROTOCOL,
                "the answer could not be read (" + failure.getClass().getSimpleName() + ")");
    }

    private ProviderException garbage() {
        return new ProviderException(provider, Kind.PROTOCOL, "the answer holds an event that is not valid JSON");
    }
}
