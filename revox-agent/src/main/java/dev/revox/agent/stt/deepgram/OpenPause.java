package dev.revox.agent.stt.deepgram;

/**
 * The pause that the caller is in, and what was said to be the words up to it. The words are told when final results reach the pause,
 * and told again whenever later results change them, until the caller goes on.
 *
 * <p><b>Thread:</b> Confined by its socket. <b>Units:</b> positions are samples since the socket was opened.
 */
final class OpenPause {

    private int number;
    private long sample;
    private boolean answered;
    private String told = "";

    void begin(int pauseNumber, long atSample) {
        number = pauseNumber;
        sample = atSample;
        answered = false;
        told = "";
    }

    void end() {
        number = 0;
        answered = false;
    }

    boolean is(int pauseNumber) {
        return isOpen() && number == pauseNumber;
    }

    boolean isOpen() {
        return number != 0;
    }

    boolean isAnswered() {
        return isOpen() && answered;
    }

    int number() {
        return number;
    }

    /**
     * Takes a result in. True when it says something new about the pause.
     *
     * @param untilSample up to where words are known
     * @param roundingSamples by how much positions may be told too small
     * @param words everything that is understood now
     */
    boolean answeredBy(boolean isFinal, long untilSample, long roundingSamples, String words) {
        if (!isOpen() || (answered ? words.equals(told) : !isFinal || untilSample < sample - roundingSamples)) {
            return false;
        }
        answered = true;
        told = words;
        return true;
    }
}
