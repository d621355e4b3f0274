package dev.revox.audio.mix;

/** Short sounds that clips are put together from. <b>Thread:</b> Thread-safe as far as its canvases are. */
final class Sounds {

    private Sounds() {}

    /** A key of a keyboard: a click, and a softer one when it comes up again. */
    static void key(Canvas canvas, double atSeconds, double loudness, double brightnessHz) {
        strike(canvas, atSeconds, loudness, brightnessHz);
        strike(canvas, atSeconds + canvas.between(0.05, 0.09), loudness * 0.45, brightnessHz * 1.2);
    }

    private static void strike(Canvas canvas, double atSeconds, double loudness, double brightnessHz) {
        Resonator click = new Resonator(Math.min(brightnessHz, 3200), 0.8);
        Resonator body = new Resonator(brightnessHz * 0.22, 0.5);
        int start = (int) (atSeconds * Canvas.RATE_HZ);
        int length = Canvas.RATE_HZ * 35 / 1000;
        for (int i = 0; i < length; i++) {
            double fades = Math.exp(-7.0 * i / length);
            double noise = canvas.random().nextGaussian() * loudness * fades;
            double tail = Math.min(1, (length - i) / 80.0);
            canvas.add(start + i, (click.next(noise) * 3 + body.next(noise) * 2.5) * tail);
        }
    }

    /** A bird: a whistle that glides up and down, with a tremble. */
    static void chirp(Canvas canvas, double atSeconds, double hz, double loudness) {
        int start = (int) (atSeconds * Canvas.RATE_HZ);
        int length = Canvas.RATE_HZ * 110 / 1000;
        double phase = 0;
        for (int i = 0; i < length; i++) {
            double share = (double) i / length;
            double now = hz * (1 + 0.16 * Math.sin(Math.PI * share) + 0.03 * Math.sin(2 * Math.PI * 5 * share));
            phase += 2 * Math.PI * now / Canvas.RATE_HZ;
            double envelope = Math.sin(Math.PI * share);
            canvas.add(start + i, Math.sin(phase) * envelope * envelope * loudness * 0.6);
        }
    }

    /** A note that is struck and fades, like a soft electric piano. {@code key} counts half tones; 69 is 440 Hz. */
    static void note(Canvas canvas, double atSeconds, int key, double seconds, double loudness) {
        double hz = 440 * Math.pow(2, (key - 69) / 12.0);
        int start = (int) (atSeconds * Canvas.RATE_HZ);
        int length = (int) (seconds * Canvas.RATE_HZ);
        int rise = Canvas.RATE_HZ * 8 / 1000;
        for (int i = 0; i < length; i++) {
            double t = 2 * Math.PI * hz * i / Canvas.RATE_HZ;
            double fades =
                    Math.exp(-4.5 * i / length) * Math.min(1, (double) i / rise) * Math.min(1, (length - i) / 400.0);
            double tone = Math.sin(t)
                    + 0.45 * Math.sin(2 * t + 0.3) * Math.exp(-3.0 * i / length)
                    + 0.22 * Math.sin(3 * t) * Math.exp(-6.0 * i / length)
                    + 0.12 * Math.sin(4.01 * t) * Math.exp(-12.0 * i / length);
            canvas.add(start + i, tone * fades * loudness);
        }
    }
}
