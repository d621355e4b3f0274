package dev.revox.bench.jmh;

import dev.revox.agent.speech.ClauseSplitter;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PastAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.SdpException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What happens once per attempt, per call or per sentence: when to dial, what to send, where to cut. */
@State(Scope.Thread)
public class CallControlBenchmark {

    private static final List<AudioCodec> CODECS = List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS);
    private static final Instant TUESDAY_NOON = Instant.parse("2026-03-03T17:00:00Z");
    private static final Instant SATURDAY_NIGHT = Instant.parse("2026-03-08T04:00:00Z");
    private static final int TOKEN_CHARS = 4;

    private final PlanRequest first = request(List.of(), TUESDAY_NOON);
    private final PlanRequest retryOverWeekend = request(
            List.of(PastAttempt.of(SATURDAY_NIGHT.minusSeconds(60), SATURDAY_NIGHT, PastAttempt.Kind.NOT_REACHED)),
            SATURDAY_NIGHT);
    private final String offer = new AudioNegotiation(CODECS, "192.0.2.10", 30_000, 1).offer();
    private final List<String> sentence = tokens(
            "Of course, I can move your appointment with Dr. Martin to Thursday at 10.30 a.m. if that suits you. ");

    /** An order that may be dialled now. */
    @Benchmark
    public NextAttempt planNow() {
        return AttemptPlanner.next(first);
    }

    /** A retry whose window opens only after the weekend, in two zones. */
    @Benchmark
    public NextAttempt planOverWeekend() {
        return AttemptPlanner.next(retryOverWeekend);
    }

    /** An offer of three codecs read, chosen from and answered. */
    @Benchmark
    public AudioNegotiation.Answer answerSdp() throws SdpException {
        return new AudioNegotiation(CODECS, "192.0.2.20", 40_000, 2).answer(offer);
    }

    /** A sentence of 100 characters that streams in as 25 tokens. */
    @Benchmark
    public int splitSentence() {
        ClauseSplitter splitter = new ClauseSplitter();
        int clauses = 0;
        for (String token : sentence) {
            clauses += splitter.accept(token).size();
        }
        return clauses + (splitter.finish().isPresent() ? 1 : 0);
    }

    private static PlanRequest request(List<PastAttempt> history, Instant now) {
        return new PlanRequest(
                RetryPolicy.DEFAULT,
                new DecidingZones(List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago")), false),
                TUESDAY_NOON,
                Optional.empty(),
                false,
                PlanRequest.DEFAULT_FORCE_NOW_LAPSE,
                history,
                0.5,
                now);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i += TOKEN_CHARS) {
            tokens.add(text.substring(i, Math.min(text.length(), i + TOKEN_CHARS)));
        }
        return tokens;
    }
}
