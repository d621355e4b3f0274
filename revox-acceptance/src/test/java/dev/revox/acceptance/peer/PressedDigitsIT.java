package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.Eventually;
import dev.revox.line.LegEvent;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.dialog.DialogSettings.Digits;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key presses to and from a baresip telephone: R08 and S27. */
class PressedDigitsIT {

    private static final Pattern EVENT = Pattern.compile("received event: '(.)' \\(end=1\\)");
    private static final Pattern INFO = Pattern.compile("received DTMF: '(.)' \\(duration=(\\d+)");

    @TempDir
    Path folder;

    private Baresip.Plan phone() {
        return Baresip.saying(Sound.silence(20_000, 8_000), folder.resolve("phone"));
    }

    private static String digits(Pattern pattern, Baresip phone) {
        return pattern.matcher(phone.output()).results().map(m -> m.group(1)).reduce("", String::concat);
    }

    @Execution(CONCURRENT)
    @ParameterizedTest
    @CsvSource({"pcmu, PCMU", "opus/48000/2, OPUS"})
    void r08_each_side_gets_what_the_other_one_presses(String theirs, AudioCodec ours) {
        try (Baresip phone = phone().codecs(theirs).start();
                BareLine line = BareLine.on(phone.trunk(), settings -> settings.withCodecs(ours))) {
            BareLeg leg = line.dial(AcceptanceWorld.NUMBER);
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);

            leg.leg().sendDtmf("15599*#");
            Eventually.until(
                    BareLeg.PATIENCE,
                    () -> digits(EVENT, phone).length() >= 7,
                    () -> "seven digits; " + phone.output());
            phone.press("4006#");
            Eventually.until(BareLeg.PATIENCE, () -> leg.digits().length() >= 5, () -> "five digits; " + leg.events);
            leg.hangUp();

            assertThat(digits(EVENT, phone)).isEqualTo("15599*#");
            assertThat(leg.digits()).isEqualTo("4006#");
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s27_baresip_takes_our_digits_in_info() {
        try (Baresip phone = phone().start();
                BareLine line = BareLine.on(phone.trunk(), DialogSettings.DEFAULT.withDigits(Digits.INFO_RELAY))) {
            BareLeg leg = line.dial(AcceptanceWorld.NUMBER);
            LegEvent.Answered unused = leg.told(LegEvent.Answered.class);

            leg.leg().sendDtmf("170#");
            Eventually.until(
                    BareLeg.PATIENCE, () -> digits(INFO, phone).length() >= 4, () -> "four digits; " + phone.output());
            leg.hangUp();

            assertThat(digits(INFO, phone)).isEqualTo("170#");
            assertThat(digits(EVENT, phone)).isEmpty();
        }
    }
}
