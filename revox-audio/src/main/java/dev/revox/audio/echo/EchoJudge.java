package dev.revox.audio.echo;

/**
 * Says of each block that was heard whether it is our own voice and nothing else.
 *
 * <p>The proof is prediction. A filter that was learnt from the blocks before must explain this one from what we sent: its energy but for a
 * rest. A person's voice is not in what we sent, so no filter predicts it, however loud we are; where a person speaks over the echo the rest is
 * their voice. So a block is never judged by how loud it is, and a caller is heard from the first block in which they are not far below the
 * echo.
 *
 * <p>Until the delay is known, and whenever a block is not explained, {@link DelaySearch} looks for it; what it finds must predict, too.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Units:</b> samples at {@value #RATE_HZ} Hz.
 */
final class EchoJudge {

    static final int RATE_HZ = 8000;

    /** A block has at most 20 ms. */
    static final int MAX_BLOCK = RATE_HZ / 50;

    /** An echo leaves at most this share of itself unexplained: the rest of a caller as loud as the echo is half of both. */
    private static final float MOST_REST = 0.3f;

    /** The first filter for a delay is learnt from less sound. */
    private static final float MOST_FIRST_REST = 0.4f;

    /** A single copy of what was sent must explain so much for a filter to be tried. */
    private static final float LEAST_LIKENESS = 0.2f;

    /** Sound that the search needs. */
    private static final int LEAST_SEARCHED = 2 * MAX_BLOCK;

    /** The first filter is made from so much sound before the block that it has to predict. */
    private static final int FIRST_SOUND = 400;

    /** An echo is below what was sent by at least 5 dB. */
    private static final float LEAST_LOSS = 3;

    /** The background differs from block to block. */
    private static final float BACKGROUND_VARIES = 1.5f;

    /** 20 blocks are remembered. */
    private static final float KEEP = 0.95f;

    /** A path that explained nothing for two seconds of sound is gone. */
    private static final int MOST_MISSES = 100;

    private final SentSound sent = new SentSound();
    private final HeardSound heard = new HeardSound();
    private final DelaySearch search = new DelaySearch();
    private final EchoPath path = new EchoPath();
    private final EchoPath candidate = new EchoPath();
    private boolean known;
    private boolean echo;
    private int misses;
    private float sentEnergy;
    private float echoEnergy;

    SentSound sent() {
        return sent;
    }

    HeardSound heard() {
        return heard;
    }

    /** The sound that follows does not continue what was heard, or cannot be an echo. */
    void pause() {
        heard.forget();
        search.reset();
        echo = false;
    }

    /**
     * Judges the next block.
     *
     * @param samples at most {@link #MAX_BLOCK}
     * @param start the place of its first sample
     * @param madeUp it was concealed, and is what the block before it was
     */
    boolean isEcho(short[] pcm, int offset, int samples, long start, boolean madeUp) {
        heard.add(pcm, offset, samples);
        if (madeUp) {
            return echo;
        }
        echo = heard.audible() && sent.audible() && (known(start) || found(start));
        if (!echo) {
            heard.noteBackground();
        }
        return echo;
    }

    private boolean known(long start) {
        if (!known) {
            return false;
        }
        float sentNow = path.fetch(start, heard.block(), sent);
        float rest = path.unexplained(heard.samples(), heard.from());
        if (!explained(rest, MOST_REST)) {
            known = ++misses < MOST_MISSES;
            return false;
        }
        misses = 0;
        path.learn(heard.samples(), heard.from(), KEEP, 1 / heard.energy());
        path.solve();
        path.follow();
        search.reset();
        account(sentNow, rest);
        return true;
    }

    private boolean found(long start) {
        search.hear(heard, start, sent);
        if (search.heardSamples() < LEAST_SEARCHED) {
            return false;
        }
        long difference = search.likeliest();
        if (search.likeness() < LEAST_LIKENESS) {
            return false;
        }
        float weight = 1 / heard.energy();
        candidate.begin(difference);
        float unused = candidate.fetch(start - FIRST_SOUND, FIRST_SOUND, sent);
        candidate.learn(heard.samples(), heard.from() - FIRST_SOUND, 0, weight);
        candidate.solve();
        float sentNow = candidate.fetch(start, heard.block(), sent);
        float rest = candidate.unexplained(heard.samples(), heard.from());
        if (!explained(rest, MOST_FIRST_REST) || sentNow < LEAST_LOSS * heard.energy()) {
            return false;
        }
        candidate.learn(heard.samples(), heard.from(), 1, weight);
        candidate.solve();
        path.take(candidate);
        known = true;
        misses = 0;
        search.reset();
        account(sentNow, rest);
        return true;
    }

    private boolean explained(float rest, float share) {
        float own = Math.max(0, heard.energy() - heard.background());
        return rest - BACKGROUND_VARIES * heard.background() <= share * own;
    }

    private void account(float sentNow, float rest) {
        sentEnergy = KEEP * sentEnergy + sentNow;
        echoEnergy = KEEP * echoEnergy + Math.max(0, heard.energy() - rest);
    }

    /** Whether an echo was found and is still believed in. */
    boolean known() {
        return known;
    }

    /** How far the echo is below what was sent: the ratio of powers. */
    float returnLoss() {
        return echoEnergy > 0 ? sentEnergy / echoEnergy : 0;
    }

    /** How long ago the sound was sent that has just come back. */
    long delaySamples(long end) {
        return sent.end() - (end - path.difference());
    }
}
