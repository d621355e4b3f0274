package dev.revox.audio.mix;

/**
 * Somebody who talks without words: a buzz with the pitch of a voice through the bands of vowels that change with each syllable,
 * and a hiss for consonants.
 *
 * <p><b>Thread:</b> Thread-safe as far as its canvas is.
 */
final class Babble {

    /** First and second formant of some vowels, in Hz. */
    private static final double[][] VOWELS = {
        {300, 870}, {530, 1840}, {660, 1720}, {730, 1090}, {570, 840}, {440, 1020}, {390, 1990}, {490, 1350}
    };

    private Babble() {}

    /**
     * One person for the whole clip.
     *
     * @param eagerness the part of the time in which this person talks
     */
    static void add(Canvas canvas, double loudness, double pitchHz, double eagerness) {
        double at = canvas.between(0, 1.5);
        while (at < canvas.seconds()) {
            int syllables = 3 + canvas.random().nextInt(9);
            double melody = pitchHz * canvas.between(1.05, 1.25);
            for (int i = 0; i < syllables && at < canvas.seconds(); i++) {
                double lasts = canvas.between(0.12, 0.26);
                syllable(canvas, at, lasts, melody, loudness * canvas.between(0.5, 1));
                melody *= 0.975;
                at += lasts * canvas.between(0.95, 1.25);
            }
            at += canvas.between(0.3, 1.2) / eagerness;
        }
    }

    private static void syllable(Canvas canvas, double atSeconds, double lasts, double pitchHz, double loudness) {
        double[] vowel = VOWELS[canvas.random().nextInt(VOWELS.length)];
        Resonator low = new Resonator(vowel[0], 0.35);
        Resonator high = new Resonator(vowel[1], 0.25);
        Resonator hiss = new Resonator(2800, 0.6);
        boolean consonant = canvas.random().nextInt(3) == 0;
        int start = (int) (atSeconds * Canvas.RATE_HZ);
        int length = (int) (lasts * Canvas.RATE_HZ);
        double phase = canvas.random().nextDouble();
        for (int i = 0; i < length; i++) {
            double share = (double) i / length;
            phase += pitchHz * (1 + 0.04 * Math.sin(2 * Math.PI * share)) / Canvas.RATE_HZ;
            phase -= Math.floor(phase);
            double buzz = 1 - 2 * phase + 0.12 * canvas.random().nextGaussian();
            double envelope = Math.sin(Math.PI * Math.min(1, share * 1.02));
            double voiced = (low.next(buzz) + 0.5 * high.next(buzz)) * Math.max(0, envelope);
            double breath = consonant && share < 0.3
                    ? hiss.next(canvas.random().nextGaussian()) * 0.25 * Math.sin(Math.PI * share / 0.3)
                    : 0;
            canvas.add(start + i, (voiced + breath) * loudness);
        }
    }
}
