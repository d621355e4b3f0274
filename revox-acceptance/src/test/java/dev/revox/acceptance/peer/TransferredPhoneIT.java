package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.CallLeg;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.testkit.voice.ClipSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A baresip telephone behind a trunk is asked to call somebody else: S15. */
class TransferredPhoneIT {

    @TempDir
    Path folder;

    private Baresip phone() {
        Path speech = folder.resolve("speech.wav");
        ClipSet.caller()
                .sentence("Is there any parking near the clinic?")
                .orElseThrow()
                .sound()
                .write(speech);
        return Baresip.start(
                folder.resolve("baresip"),
                ForeignProgram.freePortPair(),
                ForeignProgram.freePortPair(),
                speech,
                "pcmu");
    }

    private KamailioTrunk trunk(Baresip phone) {
        return KamailioTrunk.start(folder.resolve("kamailio"), phone.sipPort(), "MD5");
    }

    private static BareLine lineTo(KamailioTrunk trunk) {
        return BareLine.on(
                SipTrunk.of("sip:127.0.0.1:" + trunk.port()).credentials(KamailioTrunk.USER, KamailioTrunk.PASSWORD),
                DialogSettings.DEFAULT);
    }

    @Test
    void s15_baresip_is_transferred_and_leaves_us() {
        try (Baresip phone = phone();
                KamailioTrunk trunk = trunk(phone);
                BareLine line = lineTo(trunk)) {
            CallLeg leg = line.dial(Duration.ofSeconds(20));
            LegEvent.Answered unused = line.told(LegEvent.Answered.class);
            leg.transfer(PhoneNumber.of("+14155550177"));
            LegEvent.Transferred transferred = line.told(LegEvent.Transferred.class);
            LegEvent.Ended ended = line.told(LegEvent.Ended.class);
            assertThat(ended.cause()).isEqualTo(LegEnd.TRANSFERRED);
            assertThat(Duration.ofNanos(ended.atNanos() - transferred.atNanos()))
                    .isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void s15_baresip_finds_the_other_busy_and_stays_with_us() {
        try (Baresip phone = phone();
                KamailioTrunk trunk = trunk(phone);
                BareLine line = lineTo(trunk)) {
            CallLeg leg = line.dial(Duration.ofSeconds(20));
            LegEvent.Answered unused = line.told(LegEvent.Answered.class);
            leg.transfer(PhoneNumber.of("+15550100486"));
            LegEvent.TransferFailed failed = line.told(LegEvent.TransferFailed.class);
            assertThat(failed.error()).isEqualTo(TransferError.TARGET_NOT_REACHED);
            assertThat(failed.sipStatus()).isEqualTo(OptionalInt.of(486));
            assertThat(line.events).noneMatch(LegEvent::terminal);
            leg.hangUp();
            assertThat(line.told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
        }
    }
}
