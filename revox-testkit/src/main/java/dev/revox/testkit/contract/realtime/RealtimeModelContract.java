package dev.revox.testkit.contract.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.RealtimeModel.Session;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.media.MediaFormat;
import dev.revox.testkit.contract.Secrets;
import dev.revox.testkit.contract.Waiting;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.realtime.RealtimeScript;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RealtimeModel} keeps to. Its server must understand as {@link #understood} does, speak as {@link #spoken} does
 * and answer as {@link #SCRIPT} does.
 */
public abstract class RealtimeModelContract {

    /** A secret that must not be seen outside of requests. */
    protected static final String KEY = "sk-canary-rea1";

    /** One second of sound for each answer. */
    private static final long SECOND_MICROS = 1_000_000;

    private static final int EAR_RATE_HZ = 8000;
    private static final int LEVEL = 8000;
    private static final ToolSpec TOOL =
            new ToolSpec("look_up", "Looks something up.", "{\"type\":\"object\",\"properties\":{}}");

    /** Calls a tool when it hears something loud, repeats what it is asked to say, and else tells what it heard. */
    protected static final RealtimeScript SCRIPT = (said, direction) -> {
        if (said.equals("loud")) {
            return new RealtimeScript.Answer(
                    "", Optional.of(new RealtimeScript.Call("look_up", "{\"what\":\"hours\"}")));
        }
        return RealtimeScript.Answer.text(
                direction.map(text -> "Asked: " + text).orElse("Heard: " + said));
    };

    /** Time for the model's deadlines; stands still unless a test moves it. */
    protected final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    /** The model under test, over a healthy server unless told otherwise. */
    protected abstract RealtimeModel model();

    /** The same with a wrong key that contains {@link #KEY}. */
    protected abstract RealtimeModel modelWithWrongKey();

    /** The same with an address where nobody listens. */
    protected abstract RealtimeModel modelWithoutServer();

    protected abstract void failNext(Fault fault);

    /** Responses that the server is still working on. */
    protected abstract int responsesUnderWay();

    protected abstract int openConnections();

    /** Loud, or not, or nothing. */
    protected static String understood(short[] pcm, int sampleRateHz) {
        int loudest = 0;
        for (short sample : pcm) {
            loudest = Math.max(loudest, sample);
        }
        return loudest < 100 ? "" : loudest > 2 * LEVEL ? "loud" : "quiet";
    }

    /** One second of a level. */
    protected static short[] spoken(String text, int sampleRateHz) {
        short[] pcm = new short[sampleRateHz];
        Arrays.fill(pcm, (short) LEVEL);
        return pcm;
    }

    @Test
    void a_turn_is_transcribed_and_answered_with_sound_and_words() {
        RecordedTalk talk = new RecordedTalk();
        try (Session session = open(model(), talk)) {
            turn(session, 1, LEVEL);
            session.respond(1, new Prompt.Answer());
            Waiting.until("the answer", () -> talk.isDone(1) && talk.said().containsKey(1));
        }
        assertThat(talk.isOpened()).isTrue();
        assertThat(talk.said()).isEqualTo(Map.of(1, "quiet"));
        assertThat(talk.texts()).isEqualTo(Map.of(1, "Heard: quiet"));
        assertThat(talk.micros(1)).isEqualTo(SECOND_MICROS);
        // G.711 rounds.
        assertThat(talk.loudest(1)).isBetween(LEVEL * 97 / 100, LEVEL * 103 / 100);
        assertThat(talk.items()).hasSize(1);
        assertThat(talk.losses()).isEmpty();
        assertThat(talk.violations()).isEmpty();
    }

    @Test
    void turns_follow_one_another() {
        RecordedTalk talk = new RecordedTalk();
        try (Session session = open(model(), talk)) {
            for (int turn = 1; turn <= 3; turn++) {
                int number = turn;
                turn(session, turn, LEVEL);
                session.respond(turn, new Prompt.Answer());
                Waiting.until("the answer", () -> talk.isDone(number));
            }
        }
        assertThat(talk.texts()).hasSize(3);
        assertThat(talk.items()).hasSize(3);
        assertThat(talk.violations()).isEmpty();
    }

    @Test
    void words_can_be_asked_for_before_the_call_is_up() {
        RecordedTalk talk = new RecordedTalk();
        try (Session session = model().open(request(), talk)) {
            session.respond(1, new Prompt.Exactly("Hi Dana!"));
            Waiting.until("the sentence", () -> talk.isDone(1));
            session.connected(EAR_RATE_HZ, MediaFormat.pcm(16_000));
            session.respond(2, new Prompt.Direction("Ask for the time."));
            Waiting.until("the question", () -> talk.isDone(2));
        }
        assertThat(talk.texts().get(1)).startsWith("Asked: ").contains("Hi Dana!");
        assertThat(talk.texts().get(2)).startsWith("Asked: ").contains("Ask for the time.");
    }

    @Test
    void a_tool_is_called_and_its_result_is_answered() {
        RecordedTalk talk = new RecordedTalk();
        try (Session session = open(model(), talk)) {
            turn(session, 1, 3 * LEVEL);
            session.respond(1, new Prompt.Answer());
            Waiting.until("the call", () -> talk.isDone(1));
            ToolCall call = talk.calls().getFirst();
            session.toolResult(call, "nine to five");
            session.respond(2, new Prompt.Answer());
            Waiting.until("the answer", () -> talk.isDone(2));

            assertThat(call.name()).isEqualTo("look_up");
            assertThat(call.argumentsJson()).isEqualTo("{\"what\":\"hours\"}");
        }
        assertThat(talk.calls()).hasSize(1);
        assertThat(talk.texts()).isEqualTo(Map.of(2, "Heard: tool: nine to five"));
        assertThat(talk.violations()).isEmpty();
    }

    @Test
    void nothing_comes_of_a_cancelled_response_and_the_next_turn_is_answered() {
        failNext(new Fault.StallAfter(2));
        RecordedTalk talk = new RecordedTalk();
        try (Session session = open(model(), talk)) {
            turn(session, 1, LEVEL);
            session.respond(1, new Prompt.Answer());
            Waiting.until("some sound", () -> talk.micros(1) == SECOND_MICROS / 5);

            session.cancel(1);
            session.truncate(talk.items().getFirst(), 150);
            turn(session, 2, LEVEL);
            session.respond(2, new Prompt.Answer());

            Waiting.until("the answer", () -> talk.isDone(2));
            assertThat(talk.micros(1)).isEqualTo(SECOND_MICROS / 5);
            assertThat(talk.isDone(1)).isFalse();
            assertThat(talk.micros(2)).isEqualTo(SECOND_MICROS);
            Waiting.until("the server is idle", () -> responsesUnderWay() == 0);
        }
        assertThat(talk.losses()).isEmpty();
        assertThat(talk.violations()).isEmpty();
    }

    @Test
    void a_wrong_key_is_an_authentication_failure_that_does_not_show_the_key() {
        assertThat(losing(modelWithWrongKey(), Kind.AUTHENTICATION).retryable()).isFalse();
    }

    @Test
    void too_many_requests_say_when_to_come_back() {
        failNext(new Fault.Refuse(429, Optional.of(Duration.ofSeconds(7))));

        assertThat(losing(model(), Kind.RATE_LIMIT).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void a_broken_server_is_a_server_failure() {
        failNext(Fault.refuse(500));

        losing(model(), Kind.SERVER);
    }

    @Test
    void no_server_is_a_connection_failure() {
        losing(modelWithoutServer(), Kind.CONNECTION);
    }

    @Test
    void an_answer_cut_in_the_middle_is_a_connection_failure() {
        failNext(new Fault.CutAfter(1));

        losing(model(), Kind.CONNECTION);
    }

    @Test
    void garbage_is_a_protocol_failure() {
        failNext(new Fault.GarbageAfter(1));

        losing(model(), Kind.PROTOCOL);
    }

    @Test
    void after_closing_nothing_arrives_and_the_connection_is_free() {
        failNext(new Fault.StallAfter(1));
        RecordedTalk talk = new RecordedTalk();
        Session session = open(model(), talk);
        turn(session, 1, LEVEL);
        session.respond(1, new Prompt.Answer());
        Waiting.until("some sound", () -> talk.micros(1) > 0);

        session.close();
        session.respond(2, new Prompt.Answer());

        Waiting.until("the server sees the client go", () -> openConnections() == 0 && responsesUnderWay() == 0);
        assertThat(talk.losses()).isEmpty();
        assertThat(talk.isDone(1)).isFalse();
        assertThat(time.pendingCount()).isZero();
    }

    private static RealtimeModel.SessionRequest request() {
        return new RealtimeModel.SessionRequest("model-1", Optional.of("marin"), "Be kind.", List.of(TOOL));
    }

    private static Session open(RealtimeModel model, RecordedTalk talk) {
        Session session = model.open(request(), talk);
        session.connected(EAR_RATE_HZ, new MediaFormat(MediaFormat.Encoding.PCMU, 8000));
        return session;
    }

    private static ProviderException losing(RealtimeModel model, Kind kind) {
        RecordedTalk talk = new RecordedTalk();
        try (Session session = open(model, talk)) {
            turn(session, 1, LEVEL);
            session.respond(1, new Prompt.Answer());
            Waiting.until("the loss", () -> !talk.losses().isEmpty());
        }
        assertThat(talk.losses()).hasSize(1);
        assertThat(talk.violations()).isEmpty();
        assertThat(talk.losses().getFirst().kind()).isEqualTo(kind);
        Secrets.assertHidden(talk.losses().getFirst(), KEY);
        return talk.losses().getFirst();
    }

    /** One second of a level. */
    private static void turn(Session session, int turn, int level) {
        short[] frame = new short[EAR_RATE_HZ / 50];
        Arrays.fill(frame, (short) level);
        session.turnStarted(turn);
        for (int i = 0; i < 50; i++) {
            session.audio(frame, 0, frame.length);
        }
        session.turnEnded(turn);
    }
}
