package dev.revox.audio.mix;

/**
 * How each clip is made. The same every time: all chance comes from seeds.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Recipes {

    private static final double SECONDS = 16;
    private static final Canvas.Envelope STEADY = share -> 1;

    private Recipes() {}

    /** Makes a clip, which takes some tenths of a second. */
    static Clip of(String name) {
        return switch (name) {
            case "audio/office.ogg" -> office(101, 0.75, 18);
            case "office-ambience.ogg" -> office(102, 0.45, 34);
            case "city-ambience.ogg" -> city();
            case "forest-ambience.ogg" -> forest();
            case "crowded-room.ogg" -> crowd();
            case "keyboard-typing.ogg" -> typing(106, 5.2, 2400);
            case "keyboard-typing2.ogg" -> typing(107, 7.4, 1700);
            case "hold_music.ogg" -> music();
            default -> throw new IllegalArgumentException("there is no clip named " + name);
        };
    }

    /** Air conditioning, people who talk some desks away, somebody who types. */
    private static Clip office(long seed, double talk, int keys) {
        Canvas canvas = new Canvas(SECONDS, seed);
        air(canvas, 1);
        for (int person = 0; person < 3; person++) {
            Babble.add(canvas, talk, canvas.between(95, 210), 0.45);
        }
        for (int i = 0; i < keys; i++) {
            Sounds.key(canvas, canvas.between(0, canvas.seconds()), 0.5, 2000);
        }
        return canvas.finish();
    }

    private static void air(Canvas canvas, double loudness) {
        canvas.noise(160, 1.4, 2.2 * loudness, STEADY);
        canvas.noise(520, 1.2, 0.9 * loudness, Canvas.swell(3, 0.2, 0));
        canvas.noise(1900, 1.5, 0.22 * loudness, STEADY);
    }

    /** Traffic far away, and now and then a car that comes past. */
    private static Clip city() {
        Canvas canvas = new Canvas(SECONDS + 4, 103);
        canvas.noise(110, 1.6, 3, Canvas.swell(2, 0.4, 0.1));
        canvas.noise(420, 1.4, 1.1, Canvas.swell(3, 0.5, 0.6));
        canvas.noise(1500, 1.4, 0.25, Canvas.swell(5, 0.5, 0.3));
        for (int car = 0; car < 4; car++) {
            double passes = (car + canvas.between(0.2, 0.8)) / 4;
            double width = canvas.between(0.035, 0.07);
            canvas.noise(canvas.between(500, 900), 1.3, canvas.between(2, 3.2), bump(passes, width));
            canvas.noise(canvas.between(150, 240), 1, 2.5, bump(passes, width * 1.4));
        }
        return canvas.finish();
    }

    /** Comes and goes once, around a place in the ring. */
    private static Canvas.Envelope bump(double middle, double width) {
        return share -> {
            double away = Math.abs(share - middle);
            double distance = Math.min(away, 1 - away) / width;
            return Math.exp(-distance * distance);
        };
    }

    /** Wind in leaves and some birds. */
    private static Clip forest() {
        Canvas canvas = new Canvas(SECONDS + 4, 104);
        canvas.noise(380, 1.5, 1.6, Canvas.swell(2, 0.7, 0.2));
        canvas.noise(2300, 1.2, 0.9, Canvas.swell(3, 0.8, 0.5));
        for (int bird = 0; bird < 9; bird++) {
            double at = canvas.between(0, canvas.seconds());
            double hz = canvas.between(2100, 2900);
            int calls = 2 + canvas.random().nextInt(4);
            double loudness = canvas.between(0.25, 0.8);
            for (int call = 0; call < calls; call++) {
                Sounds.chirp(canvas, at + call * 0.17, hz, loudness);
            }
        }
        return canvas.finish();
    }

    /** Many people who talk at once. */
    private static Clip crowd() {
        Canvas canvas = new Canvas(SECONDS, 105);
        air(canvas, 0.35);
        for (int person = 0; person < 11; person++) {
            Babble.add(canvas, canvas.between(0.5, 1), canvas.between(90, 230), 0.8);
        }
        return canvas.finish();
    }

    /** Words of some letters, and a pause for thought between them. */
    private static Clip typing(long seed, double keysPerSecond, double brightnessHz) {
        Canvas canvas = new Canvas(SECONDS - 4, seed);
        canvas.noise(240, 1.5, 0.004, STEADY);
        double at = 0.1;
        while (at < canvas.seconds() - 0.4) {
            int letters = 2 + canvas.random().nextInt(8);
            for (int i = 0; i < letters && at < canvas.seconds() - 0.3; i++) {
                Sounds.key(canvas, at, canvas.between(0.6, 1), brightnessHz * canvas.between(0.85, 1.15));
                at += canvas.between(0.6, 1.4) / keysPerSecond;
            }
            Sounds.key(canvas, at, 1.2, brightnessHz * 0.6);
            at += canvas.between(0.25, 0.8);
        }
        return canvas.finish();
    }

    /** A slow round of four chords, each played upwards and down again, with a bass. */
    private static Clip music() {
        double beat = 0.42;
        int[][] chords = {{48, 60, 64, 67, 71}, {45, 57, 60, 64, 67}, {41, 57, 60, 65, 69}, {43, 55, 59, 62, 67}};
        int[] order = {1, 2, 3, 4, 3, 2, 3, 2};
        Canvas canvas = new Canvas(chords.length * order.length * beat, 108);
        for (int bar = 0; bar < chords.length; bar++) {
            double start = bar * order.length * beat;
            Sounds.note(canvas, start, chords[bar][0], 2.4, 0.9);
            // A chord that is held beneath keeps the line from ever being one single tone.
            for (int held : new int[] {1, 2, 4}) {
                Sounds.note(canvas, start, chords[bar][held], 5, 0.55);
                Sounds.note(canvas, start + 4 * beat, chords[bar][held] - 12, 4, 0.4);
            }
            Sounds.note(canvas, start + 4 * beat, chords[bar][0] + 7, 1.8, 0.55);
            for (int i = 0; i < order.length; i++) {
                Sounds.note(canvas, start + i * beat, chords[bar][order[i]], 1.1, i % 4 == 0 ? 0.7 : 0.5);
            }
        }
        return canvas.finish();
    }
}
