package dev.revox.agent.cascade;

import dev.revox.agent.closing.Closing;
import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.latency.LatencyBook;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.prompt.PhonePrompt;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.speech.clause.ClauseSplitter;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.thinking.Thinker;
import dev.revox.agent.tool.ToolDesk;
import dev.revox.agent.tool.ToolResult;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.TurnLatency.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of its own mind: asks the model, hands its clauses to the speaker as they come, runs its tools, and says
 * something fitting when no answer can be had.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Replies implements Thinker.Thoughts, ToolDesk.Customer {

    /** Rounds of tool calls that one turn may take. */
    private static final int MOST_ROUNDS = 3;

    private static final int MOST_FAILURES = 3;

    private enum Purpose {
        OPENING,
        ANSWER,
        STILL_THERE
    }

    private final Speaker speaker;
    private final Closing closing;
    private final Dialogue dialogue;
    private final LatencyBook latency;
    private final Outbox outbox;
    private final PhonePrompt prompt;
    private final Phrases phrases;
    private final Thinker thinker;
    private final ToolDesk tools;

    private Purpose purpose = Purpose.ANSWER;
    private int turn;
    private int failures;
    private int rounds;
    private final Ahead ahead = new Ahead();
    private @Nullable Speech speech;
    private ClauseSplitter splitter = new ClauseSplitter();
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Replies(
            Speaker speaker,
            Closing closing,
            Dialogue dialogue,
            LatencyBook latency,
            Outbox outbox,
            PhonePrompt prompt,
            Phrases phrases,
            Function<Thinker.Thoughts, Thinker> thinker,
            Function<ToolDesk.Customer, ToolDesk> tools) {
        this.speaker = speaker;
        this.closing = closing;
        this.dialogue = dialogue;
        this.latency = latency;
        this.outbox = outbox;
        this.prompt = prompt;
        this.phrases = phrases;
        this.thinker = thinker.apply(this);
        this.tools = tools.apply(this);
    }

    Thinker thinker() {
        return thinker;
    }

    ToolDesk tools() {
        return tools;
    }

    /** Begins to answer words that may be all of a turn. Nothing is heard of it before {@link #answer} has the same words. */
    void answerAhead(int turnNumber, String userWords, long nowNanos) {
        cancel(nowNanos);
        ahead.begin(userWords);
        start(Purpose.ANSWER, turnNumber, Optional.of(new ChatMessage.User(userWords)), nowNanos);
    }

    /** Answers the turn that was just added to the dialogue. */
    void answer(int turnNumber, String userWords, long nowNanos) {
        if (ahead.answers(userWords)) {
            take(nowNanos);
        } else {
            cancel(nowNanos);
            start(Purpose.ANSWER, turnNumber, Optional.empty(), nowNanos);
        }
    }

    private void take(long nowNanos) {
        ahead.end();
        outbox.tell(new ConversationNotice.AnsweredAhead(true));
        if (speech != null) {
            dialogue.agent(speech);
            speaker.release(speech, nowNanos);
        } else if (ahead.wasSlow()) {
            slow(nowNanos);
        }
        if (ahead.toolsAreWaiting()) {
            useTools(nowNanos);
        }
    }

    /** Throws away what was begun ahead, if anything was. */
    void dropAhead(long nowNanos) {
        if (ahead.under()) {
            throwAway(nowNanos);
        }
    }

    private void throwAway(long nowNanos) {
        ahead.end();
        outbox.tell(new ConversationNotice.AnsweredAhead(false));
        thinker.cancel();
        latency.forgetAhead();
        if (speech != null) {
            speaker.drop(speech, nowNanos);
            speech = null;
        }
    }

    /** Has the first sentence written, into a speech that is still held. */
    void open(Speech held, long nowNanos) {
        start(Purpose.OPENING, 0, Optional.of(prompt.openingDirection()), nowNanos);
        speech = held;
    }

    void askStillThere(long nowNanos) {
        start(Purpose.STILL_THERE, 0, Optional.of(prompt.silenceDirection()), nowNanos);
    }

    /** Says a fixed sentence about the line itself. */
    void notice(String words, long nowNanos) {
        Speech notice = speaker.begin(Speech.Kind.NOTICE, 0, false);
        dialogue.agent(notice);
        speaker.sayAll(notice, words, nowNanos);
    }

    /** Drops the answer under way, as far as it is not with the speaker. */
    void cancel(long nowNanos) {
        if (ahead.under()) {
            throwAway(nowNanos);
            return;
        }
        if (thinker.busy() || tools.busy()) {
            thinker.cancel();
            tools.cancel();
            completeSpeech(nowNanos);
        }
    }

    /** Thinking of what to say to the person, not only of the first sentence of a call that rings. */
    boolean answering() {
        return (thinker.busy() || tools.busy()) && purpose != Purpose.OPENING && !ahead.under();
    }

    @Override
    public void text(String delta, long atNanos, long nowNanos) {
        latency.mark(turn, Milestone.LLM_FIRST_TOKEN, atNanos);
        text.append(delta);
        List<String> clauses = splitter.accept(delta);
        if (!clauses.isEmpty()) {
            latency.mark(turn, Milestone.LLM_CLAUSE, atNanos);
            clauses.forEach(clause -> say(clause, nowNanos));
        }
    }

    @Override
    public void toolCall(ToolCall call) {
        calls.add(call);
    }

    @Override
    public void done(long atNanos, long nowNanos) {
        if (!text.isEmpty()) {
            // A model that only calls tools, turn after turn, never answers anybody.
            failures = 0;
        }
        latency.mark(turn, Milestone.LLM_CLAUSE, atNanos);
        splitter.finish().ifPresent(clause -> say(clause, nowNanos));
        if (!calls.isEmpty()) {
            if (ahead.under()) {
                ahead.callsTools();
            } else {
                useTools(nowNanos);
            }
        } else if (speech == null && ahead.under()) {
            throwAway(nowNanos);
        } else if (speech == null) {
            giveUp(nowNanos);
        } else {
            completeSpeech(nowNanos);
        }
    }

    @Override
    public void slow(long nowNanos) {
        if (ahead.under()) {
            ahead.slow();
        } else if (purpose == Purpose.ANSWER && speech == null) {
            sayFiller(nowNanos);
        }
    }

    @Override
    public void fault(ProviderException failure, boolean last, long nowNanos) {
        outbox.tell(new ConversationNotice.ProviderFault(failure.provider(), String.valueOf(failure.getMessage())));
        if (!last) {
            return;
        }
        if (ahead.under()) {
            throwAway(nowNanos);
            return;
        }
        if (calls.stream().anyMatch(call -> call.name().equals(ToolDesk.END_CALL))) {
            splitter.finish().ifPresent(clause -> say(clause, nowNanos));
            useTools(nowNanos);
            return;
        }
        giveUp(nowNanos);
    }

    private void sayFiller(long nowNanos) {
        Speech filler = speaker.begin(Speech.Kind.FILLER, turn, false);
        dialogue.agent(filler);
        speaker.sayAll(filler, phrases.oneMoment(), nowNanos);
    }

    private void start(Purpose why, int turnNumber, Optional<ChatMessage> direction, long nowNanos) {
        purpose = why;
        turn = turnNumber;
        rounds = 0;
        speech = null;
        messages.clear();
        messages.add(prompt.system());
        messages.addAll(dialogue.history());
        direction.ifPresent(messages::add);
        ask(nowNanos);
    }

    private void ask(long nowNanos) {
        splitter = new ClauseSplitter();
        calls.clear();
        text.setLength(0);
        List<ToolSpec> offered = purpose == Purpose.ANSWER && rounds < MOST_ROUNDS ? tools.specs() : List.of();
        thinker.ask(new ChatRequest(messages, offered, Optional.empty()), nowNanos);
    }

    private void say(String clause, long nowNanos) {
        latency.mark(turn, Milestone.FIRST_CLAUSE, nowNanos);
        Speech current = speech;
        if (current == null) {
            Speech.Kind kind = purpose == Purpose.ANSWER ? Speech.Kind.REPLY : Speech.Kind.NOTICE;
            current = speaker.begin(kind, turn, ahead.under());
            speech = current;
            if (!ahead.under()) {
                dialogue.agent(current);
            }
        }
        speaker.say(current, clause, nowNanos);
    }

    private void useTools(long nowNanos) {
        messages.add(new ChatMessage.Assistant(text.toString(), calls));
        tools.run(List.copyOf(calls), turn, nowNanos);
    }

    @Override
    public void results(List<ToolResult> results, long nowNanos) {
        results.forEach(
                result -> messages.add(new ChatMessage.ToolResult(result.call().id(), result.output())));
        if (results.stream().anyMatch(result -> result.effect() == ToolResult.Effect.END_CALL)) {
            completeSpeech(nowNanos);
            closing.endByAgent(EndReason.TOOL_END_CALL, nowNanos);
        } else if (results.stream().allMatch(result -> result.effect() == ToolResult.Effect.LISTEN)) {
            completeSpeech(nowNanos);
        } else if (++rounds > MOST_ROUNDS) {
            giveUp(nowNanos);
        } else {
            ask(nowNanos);
        }
    }

    @Override
    public boolean waiting(long nowNanos) {
        Speech current = speech;
        if (current == null ? speaker.busy() : !current.quiet()) {
            return false;
        }
        if (current == null) {
            sayFiller(nowNanos);
        } else {
            // Behind an open speech another would have to wait, so the words become a part of it.
            speaker.sayFixed(current, phrases.oneMoment(), nowNanos);
        }
        return true;
    }

    /** No answer can be had: say what fits, and after three times in a row end the call. */
    private void giveUp(long nowNanos) {
        completeSpeech(nowNanos);
        switch (purpose) {
            case OPENING -> openWithoutModel(nowNanos);
            case STILL_THERE -> notice(phrases.stillThere(), nowNanos);
            case ANSWER -> {
                failures++;
                if (failures >= MOST_FAILURES) {
                    closing.end(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE, Optional.of(phrases.farewell()), nowNanos);
                } else {
                    notice(phrases.apology(), nowNanos);
                }
            }
        }
    }

    private void openWithoutModel(long nowNanos) {
        Speech opening = speech;
        if (opening != null && opening.generated().isEmpty()) {
            speaker.sayAll(opening, phrases.greeting(), nowNanos);
        }
    }

    private void completeSpeech(long nowNanos) {
        if (speech != null && !(purpose == Purpose.OPENING && speech.generated().isEmpty())) {
            speaker.complete(speech, nowNanos);
        }
    }
}
