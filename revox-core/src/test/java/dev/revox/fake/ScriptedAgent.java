package dev.revox.fake;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.CallOutcome;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.outcome.AnalysisRequest;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** An agent that greets, hears one sentence and says goodbye; its silences can be scripted. */
public final class ScriptedAgent implements VoiceAgent {
    private final List<ConversationSetup> opened = new ArrayList<>();
    private final List<AnalysisRequest> analysed = new ArrayList<>();
    private Duration talk = Duration.ofSeconds(10);
    private AnsweredBy answeredBy = AnsweredBy.HUMAN;
    private boolean heedsStop = true;
    private Function<ConversationSetup, Optional<Error>> defect = setup -> Optional.empty();
    private Function<AnalysisRequest, CompletionStage<CallAnalysis>> analysis =
            request -> CompletableFuture.completedFuture(new CallAnalysis(
                    Optional.of(CallOutcome.INTERESTED), Optional.of("Wants to come."), Map.of("day", "monday")));
    private Function<ConversationSetup, Optional<RuntimeException>> refusal = setup -> Optional.empty();
    private final CompletableFuture<Void> warm = new CompletableFuture<>();
    private boolean closed;
    private int open;

    public ScriptedAgent talksFor(Duration duration) {
        talk = duration;
        return this;
    }

    public ScriptedAgent meets(AnsweredBy who) {
        answeredBy = who;
        return this;
    }

    public ScriptedAgent ignoresStop() {
        heedsStop = false;
        return this;
    }

    /** Throws when the call is answered. */
    public ScriptedAgent throwsFor(Function<ConversationSetup, Optional<Error>> which) {
        defect = which;
        return this;
    }

    /** Throws when it is asked to open the conversation. */
    public ScriptedAgent refuses(Function<ConversationSetup, Optional<RuntimeException>> which) {
        refusal = which;
        return this;
    }

    public ScriptedAgent analyses(Function<AnalysisRequest, CompletionStage<CallAnalysis>> how) {
        analysis = how;
        return this;
    }

    public List<ConversationSetup> opened() {
        return opened;
    }

    public List<AnalysisRequest> analysed() {
        return analysed;
    }

    public int open() {
        return open;
    }

    /** Done when it has warmed up. */
    public CompletableFuture<Void> warm() {
        return warm;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void warmUp() {
        warm.complete(null);
    }

    @Override
    public synchronized Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox) {
        opened.add(setup);
        refusal.apply(setup).ifPresent(refused -> {
            throw refused;
        });
        open++;
        return new Talk(setup);
    }

    @Override
    public OutcomeAnalyzer analyzer() {
        return request -> {
            analysed.add(request);
            return analysis.apply(request);
        };
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Talk implements Conversation {
        private final ConversationSetup setup;
        private boolean connected;

        Talk(ConversationSetup setup) {
            this.setup = setup;
        }

        @Override
        public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
            return switch (event) {
                case ConversationEvent.Connected up -> {
                    connected = true;
                    defect.apply(setup).ifPresent(planted -> {
                        throw planted;
                    });
                    yield List.of(
                            new ConversationCommand.Tell(new ConversationNotice.UserTurn("Yes, I will come.")),
                            new ConversationCommand.SetTimer("goodbye", nowNanos + talk.toNanos()));
                }
                case ConversationEvent.TimerFired timer ->
                    List.of(new ConversationCommand.HangUp(EndedBy.AGENT, EndReason.TOOL_END_CALL));
                case ConversationEvent.Stop stop ->
                    heedsStop ? List.of(new ConversationCommand.HangUp(stop.endedBy(), stop.reason())) : List.of();
                default -> List.of();
            };
        }

        @Override
        public ConversationResult result() {
            List<TranscriptItem> said = connected && answeredBy == AnsweredBy.HUMAN
                    ? List.of(new TranscriptItem.Assistant("Hi!", false), new TranscriptItem.User("Yes, I will come."))
                    : List.of();
            return new ConversationResult(connected ? answeredBy : AnsweredBy.UNKNOWN, said, List.of());
        }

        @Override
        public void close() {
            open--;
        }
    }
}
