package dev.revox.examples.demo;

import dev.revox.conversation.ConversationNotice;
import dev.revox.event.CallEvent;
import dev.revox.event.CallListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Prints a call while it happens.
 *
 * <p><b>Thread:</b> called by the engine, one event at a time for one call.
 */
final class Timeline implements CallListener {

    private final PrintStream out;
    private final Instant start;
    private final CompletableFuture<CallEvent.Reported> reported = new CompletableFuture<>();

    Timeline(PrintStream out, Instant start) {
        this.out = out;
        this.start = start;
    }

    /** Completes with the last event of the first call. */
    CompletableFuture<CallEvent.Reported> reported() {
        return reported;
    }

    @Override
    public void onEvent(CallEvent event) {
        String line = describe(event);
        if (!line.isEmpty()) {
            double seconds = Duration.between(start, event.at()).toNanos() / 1e9;
            out.printf(Locale.ROOT, "%8.3f s  %s%n", seconds, line);
        }
    }

    private String describe(CallEvent event) {
        return switch (event) {
            case CallEvent.Placed placed -> "order placed";
            case CallEvent.Planned planned ->
                "order is " + planned.status().name().toLowerCase(Locale.ROOT);
            case CallEvent.Dialling dialling -> "dialling (INVITE)";
            case CallEvent.Arrived arrived -> "a call comes in";
            case CallEvent.Ringing ringing -> "ringing";
            case CallEvent.EarlyMedia earlyMedia -> "early media";
            case CallEvent.Answered answered -> "answered, codec " + answered.codec();
            case CallEvent.InConversation news -> describe(news.notice());
            case CallEvent.AttemptEnded ended ->
                "call ended"
                        + ended.attempt()
                                .endedBy()
                                .map(by -> " by " + by.name().toLowerCase(Locale.ROOT))
                                .orElse("")
                        + ended.attempt()
                                .endReason()
                                .map(why -> " (" + why.wireName() + ")")
                                .orElse("")
                        + ended.attempt()
                                .dialError()
                                .map(why -> ", not reached: " + why)
                                .orElse("");
            case CallEvent.Settled settled ->
                "order is " + settled.status().name().toLowerCase(Locale.ROOT);
            case CallEvent.Analysed analysed ->
                "call analysed"
                        + analysed.analysis()
                                .outcome()
                                .map(what -> ", outcome " + what.wireName())
                                .orElse("")
                        + analysed.analysis().summary().map(text -> ": " + text).orElse("");
            case CallEvent.Reported last -> {
                reported.complete(last);
                yield "";
            }
        };
    }

    private static String describe(ConversationNotice notice) {
        return switch (notice) {
            case ConversationNotice.UserTurn turn -> "caller: " + turn.text();
            case ConversationNotice.AgentSpeech speech ->
                "agent:  " + speech.heard()
                        + (speech.interrupted() ? " -- interrupted, of: " + speech.generated() : "");
            case ConversationNotice.BargeIn bargeIn -> "  the caller speaks while the agent does (barge-in)";
            case ConversationNotice.AnsweredAhead ahead ->
                "  an answer that was begun ahead was " + (ahead.used() ? "used" : "thrown away");
            case ConversationNotice.TurnMeasured measured ->
                "  turn %d: voice to voice %d ms, of which Revox added %d ms"
                        .formatted(
                                measured.latency().turn(),
                                measured.latency().total().toMillis(),
                                measured.latency().engineAdded().toMillis());
            case ConversationNotice.ModelAnswered answer ->
                "  " + answer.model() + " answered in " + answer.took().toMillis() + " ms";
            case ConversationNotice.ToolCalled tool -> "  tool " + tool.name() + (tool.error() ? " failed" : "");
            case ConversationNotice.ProviderFault fault ->
                "  provider " + fault.provider() + " failed: " + fault.message();
        };
    }
}
