package dev.revox.testkit.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.tone.ToneWatch;
import dev.revox.line.LegEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R09: generated speech is never taken for a key or a tone. */
class TalkOffTest {

    @Test
    void no_clip_of_both_voices_is_a_key_or_a_tone() {
        List<LegEvent> heard = new ArrayList<>();
        List<Clip> clips = Stream.concat(ClipSet.agent().clips().stream(), ClipSet.caller().clips().stream())
                .toList();
        for (Clip clip : clips) {
            ToneWatch watch = new ToneWatch();
            watch.hearDigits(true);
            short[] pcm = clip.sound().at(8000).pcm();
            for (int at = 0; at + 160 <= pcm.length; at += 160) {
                watch.onFrame(
                        pcm,
                        at,
                        160,
                        8000,
                        at,
                        0,
                        (code, value) -> heard.add(ToneWatch.event(0, ToneWatch.TAP_ID, code, value)));
            }
        }
        assertThat(clips).hasSizeGreaterThan(20);
        assertThat(heard).isEmpty();
    }
}
