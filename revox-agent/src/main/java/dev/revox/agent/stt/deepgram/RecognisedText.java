package dev.revox.agent.stt.deepgram;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The words of the utterance under way: pieces that are final, and the interim one behind them.
 *
 * <p><b>Thread:</b> Confined by its socket. <b>Units:</b> positions are samples since the socket was opened.
 */
final class RecognisedText {

    private record Piece(String text, long endSample) {}

    private final List<Piece> finals = new ArrayList<>();
    private String interim = "";
    private long finalUntilSample;

    void add(DeepgramResult result, long endSample) {
        if (result.isFinal()) {
            if (!result.text().isEmpty()) {
                finals.add(new Piece(result.text(), endSample));
            }
            finalUntilSample = Math.max(finalUntilSample, endSample);
            interim = "";
        } else {
            interim = result.text();
        }
    }

    /** What was said before an utterance began does not belong to it. */
    void forgetUntil(long sample) {
        finals.removeIf(piece -> piece.endSample() <= sample);
    }

    /** Up to where the words are final. */
    long finalUntilSample() {
        return finalUntilSample;
    }

    String soFar() {
        StringJoiner words = new StringJoiner(" ");
        finals.forEach(piece -> words.add(piece.text()));
        if (!interim.isEmpty()) {
            words.add(interim);
        }
        return words.toString();
    }

    /** Everything, for the utterance that has ended; the next one begins with nothing. */
    String take() {
        String text = soFar();
        finals.clear();
        interim = "";
        return text;
    }
}
