package dev.revox.agent.thinking;

import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.ConversationNotice.ModelAnswered;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks language models, one question at a time, and goes to the next model when one fails or misses a deadline.
 *
 * <p>Every request has a number that its news carries; news of an over request is dropped, so there is no stale reply. A
 * model that breaks off in the middle is followed by one that is told what was said already and goes on from there.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Thinker {

    /** Its timer for tokens that do not come. */
    public static final String TOKEN_TIMER = "llm";

    /** Its timer for the moment at which waiting becomes noticeable. */
    public static final String FILLER_TIMER = "filler";

    private static final String GO_ON =
            "[You were cut off. Continue exactly where your last message stops, without repeating any of it.]";

    /** Who wants the answer. <b>Thread:</b> called on the call thread. */
    public interface Thoughts {

        void text(String delta, long atNanos, long nowNanos);

        void toolCall(ToolCall call);

        /** The answer is complete. */
        void done(long atNanos, long nowNanos);

        /** It takes noticeably long. */
        void slow(long nowNanos);

        /** A model failed; {@code last} when no other is left, so that there will be no (more) answer. */
        void fault(ProviderException failure, boolean last, long nowNanos);
    }

    private final List<LanguageModel> models;
    private final Breaker breaker;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final Consumer<AgentSignal> mailbox;
    private final TimeSource time;
    private final Thoughts thoughts;

    private long lastRequest;
    private boolean busy;
    private ChatRequest question = new ChatRequest(List.of(), List.of(), Optional.empty());
    private List<LanguageModel> untried = List.of();
    private @Nullable LanguageModel asked;
    private @Nullable Cancellable work;
    private long askedNanos;
    private OptionalLong firstTokenNanos = OptionalLong.empty();
    private final StringBuilder said = new StringBuilder();
    private boolean calledTools;

    public Thinker(
            List<LanguageModel> models,
            Breaker breaker,
            Deadlines deadlines,
            Outbox outbox,
            Consumer<AgentSignal> mailbox,
            TimeSource time,
            Thoughts thoughts) {
        this.models = List.copyOf(models);
        this.breaker = breaker;
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.time = time;
        this.thoughts = thoughts;
    }

    /** Asks a question; one under way is dropped. */
    public void ask(ChatRequest request, long nowNanos) {
        cancel();
        question = request;
        untried = breaker.order(models, nowNanos);
        said.setLength(0);
        calledTools = false;
        busy = true;
        outbox.arm(FILLER_TIMER, nowNanos + deadlines.llmFiller().toNanos());
        send(request, nowNanos);
    }

    /** Drops the question under way, if any. */
    public void cancel() {
        if (work != null) {
            tell(ModelAnswered.End.DROPPED, time.nanoTime());
        }
        stopRequest();
        busy = false;
        outbox.disarm(TOKEN_TIMER);
        outbox.disarm(FILLER_TIMER);
    }

    /** Whether an answer is still to come. */
    public boolean busy() {
        return busy;
    }

    public void on(ThinkingSignal signal, long nowNanos) {
        if (!busy || signal.request() != lastRequest) {
            return;
        }
        switch (signal) {
            case ThinkingSignal.Text text -> {
                answering(text.atNanos(), nowNanos);
                said.append(text.delta());
                thoughts.text(text.delta(), text.atNanos(), nowNanos);
            }
            case ThinkingSignal.Tool tool -> {
                answering(nowNanos, nowNanos);
                calledTools = true;
                thoughts.toolCall(tool.call());
            }
            case ThinkingSignal.Done done -> {
                if (said.toString().isBlank() && !calledTools) {
                    failed(failure(ProviderException.Kind.PROTOCOL, "answered nothing"), nowNanos);
                    return;
                }
                if (asked != null) {
                    breaker.worked(asked);
                }
                tell(ModelAnswered.End.COMPLETE, done.atNanos());
                work = null;
                cancel();
                thoughts.done(done.atNanos(), nowNanos);
            }
            case ThinkingSignal.Failed failed -> failed(failed.failure(), nowNanos);
        }
    }

    public void onTimer(String timer, long nowNanos) {
        if (!busy) {
            return;
        }
        if (timer.equals(FILLER_TIMER)) {
            thoughts.slow(nowNanos);
        } else if (timer.equals(TOKEN_TIMER)) {
            failed(failure(ProviderException.Kind.STALL, "no token within its deadline"), nowNanos);
        }
    }

    private void answering(long tokenNanos, long nowNanos) {
        if (firstTokenNanos.isEmpty()) {
            firstTokenNanos = OptionalLong.of(tokenNanos);
        }
        outbox.disarm(FILLER_TIMER);
        outbox.arm(TOKEN_TIMER, nowNanos + deadlines.llmStall().toNanos());
    }

    private void failed(ProviderException failure, long nowNanos) {
        if (asked != null) {
            breaker.failed(asked, nowNanos);
            tell(ModelAnswered.End.FAILED, nowNanos);
        }
        stopRequest();
        // A tool that was called already must not be called a second time by another model.
        boolean last = untried.isEmpty() || calledTools;
        if (last) {
            cancel();
        }
        thoughts.fault(failure, last, nowNanos);
        if (!last) {
            send(continued(), nowNanos);
        }
    }

    private ChatRequest continued() {
        if (said.isEmpty()) {
            return question;
        }
        List<ChatMessage> messages = new ArrayList<>(question.messages());
        messages.add(new ChatMessage.Assistant(said.toString(), List.of()));
        messages.add(new ChatMessage.User(GO_ON));
        return new ChatRequest(messages, question.tools(), question.responseSchema());
    }

    private void send(ChatRequest request, long nowNanos) {
        long number = ++lastRequest;
        LanguageModel model = untried.getFirst();
        untried = untried.subList(1, untried.size());
        asked = model;
        askedNanos = nowNanos;
        firstTokenNanos = OptionalLong.empty();
        outbox.arm(TOKEN_TIMER, nowNanos + deadlines.llmFirstToken().toNanos());
        try {
            work = model.stream(request, new Relay(number, mailbox, time));
        } catch (RuntimeException defect) {
            // A provider must not end the call, whatever it throws.
            mailbox.accept(new ThinkingSignal.Failed(
                    number,
                    defect instanceof ProviderException failure
                            ? failure
                            : new ProviderException(
                                    model.name(), ProviderException.Kind.PROTOCOL, "threw on its own", defect)));
        }
    }

    private void stopRequest() {
        lastRequest++;
        if (work != null) {
            work.cancel();
            work = null;
        }
    }

    private void tell(ModelAnswered.End end, long endNanos) {
        LanguageModel model = asked;
        if (model != null) {
            Optional<Duration> firstToken = firstTokenNanos.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(firstTokenNanos.getAsLong() - askedNanos));
            outbox.tell(new ModelAnswered(
                    model.name(), model.model(), firstToken, Duration.ofNanos(endNanos - askedNanos), end));
        }
    }

    private ProviderException failure(ProviderException.Kind kind, String message) {
        return new ProviderException(asked == null ? "llm" : asked.name(), kind, message);
    }

    private record Relay(long request, Consumer<AgentSignal> mailbox, TimeSource time) implements LanguageModel.Sink {

        @Override
        public void text(String delta) {
            mailbox.accept(new ThinkingSignal.Text(request, delta, time.nanoTime()));
        }

        @Override
        public void toolCall(ToolCall call) {
            mailbox.accept(new ThinkingSignal.Tool(request, call));
        }

        @Override
        public void done() {
            mailbox.accept(new ThinkingSignal.Done(request, time.nanoTime()));
        }

        @Override
        public void failed(ProviderException failure) {
            mailbox.accept(new ThinkingSignal.Failed(request, failure));
        }
    }
}
