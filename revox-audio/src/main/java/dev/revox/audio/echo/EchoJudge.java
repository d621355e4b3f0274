package dev.revox.audio.echo;

/**
 * Says of each block that was heard whether it is our own voice and nothing else ({@link Heard}).
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

    /** A filter that usually leaves less lets less pass: so many times what it usually leaves, and this at least. */
    private static final float REST_VARIES = 6;

    private static final float LEAST_REST = 0.08f;
    private static final float REST_SMOOTHING = 0.1f;

    /** The first filter for a delay is learnt from less sound. */
    private static final float MOST_FIRST_REST = 0.4f;

    /** A single copy of what was sent must explain so much for a filter to be tried. */
    private static final float LEAST_LIKENESS = 0.2f;

    /** Sound that the search needs. */
    private static final int LEAST_SEARCHED = 2 * MAX_BLOCK;

    /** The first filter is made from so much sound before the block that it has to predict. */
    private static final int FIRST_SOUND = 480;

    /** An echo is below what was sent by at least 5 dB. */
    private static final float LEAST_LOSS = 3;

    /** The background differs from block to block. */
    private static final float BACKGROUND_VARIES = 1.5f;

    /** The last dozen of blocks are remembered best. */
    private static final float KEEP = 0.93f;

    /** A filter that explained fewer blocks may be chance: nothing of a person's voice is changed by it. */
    private static final int PROVEN = 5;

    /** A person who was heard is heard on without the echo for 200 ms: their voice may be weaker than it for a while. */
    private static final int VOICE_GOES_ON = RATE_HZ / 5;

    /** A path that explained nothing for two seconds of sound is gone. */
    private static final int MOST_MISSES = 100;

    private static final int LOOKED_AT_FIRST = 50;
    private static final int LOOK_EVERY = 16;
    private static final int LOOK_FOR = 4;

    private static final int[] MOVES = {1, -1, 2, -2, 3, -3, 4, -4};

    private final SentSound sent = new SentSound();
    private final HeardSound heard = new HeardSound();
    private final DelaySearch search = new DelaySearch();
    private final EchoPath path = new EchoPath();
    private final EchoPath candidate = new EchoPath();
    private boolean known;
    private Heard verdict = Heard.VOICE;
    private int sinceVoice = VOICE_GOES_ON;
    private int misses;
    private int looked;
    private float usualRest;
    private int learnt;
    private float sentEnergy;
    private float echoEnergy;
    private long shortest = Long.MAX_VALUE;

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
        verdict = Heard.VOICE;
        sinceVoice = VOICE_GOES_ON;
    }

    /**
     * Judges the next block.
     *
     * @param samples at most {@link #MAX_BLOCK}
     * @param start the place of its first sample
     * @param madeUp it was concealed, and is what the block before it was
     */
    Heard judge(short[] pcm, int offset, int samples, long start, boolean madeUp) {
        heard.add(pcm, offset, samples);
        if (madeUp) {
            // What was made up has no rest of its own.
            return verdict == Heard.ECHO ? Heard.ECHO : Heard.VOICE;
        }
        verdict = heard.audible() && sent.audible() ? ofSound(start) : Heard.VOICE;
        if (verdict == Heard.VOICE) {
            heard.noteBackground();
        }
        return verdict;
    }

    private Heard ofSound(long start) {
        sinceVoice = Math.min(VOICE_GOES_ON, sinceVoice + heard.block());
        float rest = Float.MAX_VALUE;
        if (known) {
            float sentNow = path.fetch(start, heard.block(), sent);
            rest = path.unexplained(heard.samples(), heard.from());
            if (explained(rest, Math.clamp(REST_VARIES * usualRest, LEAST_REST, MOST_REST))) {
                follow(start, sentNow, rest);
                return sinceVoice < VOICE_GOES_ON ? Heard.VOICE_OVER_ECHO : Heard.ECHO;
            }
            known = ++misses < MOST_MISSES;
            looked = known ? looked : 0;
        }
        if (moved(start) || found(start)) {
            sinceVoice = VOICE_GOES_ON;
            return Heard.ECHO;
        }
        sinceVoice = 0;
        if (!known || learnt < PROVEN || rest >= heard.energy()) {
            return Heard.VOICE;
        }
        float unused = path.fetch(start, heard.block(), sent) + path.unexplained(heard.samples(), heard.from());
        return Heard.VOICE_OVER_ECHO;
    }

    private void follow(long start, float sentNow, float rest) {
        misses = 0;
        learnt++;
        path.learn(heard.samples(), heard.from(), KEEP, 1 / heard.energy());
        path.solve();
        path.follow();
        search.reset();
        float share = Math.max(0, rest - heard.background()) / heard.energy();
        usualRest += REST_SMOOTHING * (share - usualRest);
        account(start, sentNow, rest);
    }

    /** What is left of the newest block without its echo, with its high frequencies raised. */
    float[] rest() {
        return path.rest();
    }

    /** While we were silent a clock that drifts has gone on: the same filter may fit a little sooner or later. */
    private boolean moved(long start) {
        for (int i = 0; known && i < MOVES.length; i++) {
            path.move(MOVES[i]);
            float sentNow = path.fetch(start, heard.block(), sent);
            float rest = path.unexplained(heard.samples(), heard.from());
            if (explained(rest, MOST_REST)) {
                follow(start, sentNow, rest);
                return true;
            }
            path.move(-MOVES[i]);
        }
        return false;
    }

    private boolean found(long start) {
        if (rests()) {
            return false;
        }
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
        usualRest = MOST_REST;
        learnt = 0;
        known = true;
        misses = 0;
        looked = 0;
        shortest = Long.MAX_VALUE;
        search.reset();
        account(start, sentNow, rest);
        return true;
    }

    /**
     * A second of two voices in which no echo was found: most lines have none, and to look for one is most of the work. From then on
     * it is looked for in four blocks of sixteen.
     */
    private boolean rests() {
        if (++looked <= LOOKED_AT_FIRST) {
            return false;
        }
        int turn = looked % LOOK_EVERY;
        if (turn == 0) {
            search.reset();
        }
        return turn >= LOOK_FOR;
    }

    private boolean explained(float rest, float share) {
        float own = Math.max(0, heard.energy() - heard.background());
        return rest - BACKGROUND_VARIES * heard.background() <= share * own;
    }

    private void account(long start, float sentNow, float rest) {
        long end = start + heard.block();
        shortest = Math.min(shortest, sent.end() - (end - path.difference()));
        sentEnergy = KEEP * sentEnergy + sentNow;
        echoEnergy = KEEP * echoEnergy + Math.max(0, heard.energy() - rest);
    }

    /** How far the echo is below what was sent: the ratio of powers. */
    float returnLoss() {
        return echoEnergy > 0 ? sentEnergy / echoEnergy : 0;
    }

    /**
     * How long the way out and back is, at the shortest that was seen of this path: what comes late, and in bunches, was on its way no
     * longer.
     */
    long delaySamples() {
        return shortest;
    }
}
