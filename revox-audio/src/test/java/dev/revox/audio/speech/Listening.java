package dev.revox.audio.speech;

import dev.revox.audio.tone.ToneWatch;
import dev.revox.line.LegEvent;
import java.util.ArrayList;
import java.util.List;

/** What a leg's ear hears of keys and tones in a sound. */
public final class Listening {

    private static final int FRAME = 160;

    private Listening() {}

    /** Of sound at 8 kHz, frame by frame, digits included. */
    public static List<LegEvent> to(short[] pcm) {
        List<LegEvent> heard = new ArrayList<>();
        ToneWatch watch = new ToneWatch();
        watch.hearDigits(true);
        for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
            watch.onFrame(
                    pcm,
                    at,
                    FRAME,
                    8000,
                    at,
                    0,
                    (code, value) -> heard.add(ToneWatch.event(0, ToneWatch.TAP_ID, code, value)));
        }
        return heard;
    }
}
