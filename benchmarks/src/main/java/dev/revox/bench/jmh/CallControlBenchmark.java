package dev.revox.bench.jmh;

import dev.revox.agent.speech.clause.ClauseSplitter;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.SdpException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What happens once per call or per sentence: what to send, where to cut. */
@State(Scope.Thread)
public class CallControlBenchmark {

    private static final List<AudioCodec> CODECS = List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS);
    private static final int TOKEN_CHARS = 4;

    private final String offer = new AudioNegotiation(CODECS, "192.0.2.10", 30_000, 1).offer();
    private final List<String> sentence = tokens(
            "Of course, I can move your appointment with Dr. Martin to Thursday at 10.30 a.m. if that suits you. ");

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

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i += TOKEN_CHARS) {
            tokens.add(text.substring(i, Math.min(text.length(), i + TOKEN_CHARS)));
        }
        return tokens;
    }
}
