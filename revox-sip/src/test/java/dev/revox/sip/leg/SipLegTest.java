package dev.revox.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.attempt.DialError;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.media.EarFrame;
import dev.revox.media.Tone;
import dev.revox.sip.FakeMediaPlane;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.time.ManualTime;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipLegTest {
    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-08-03T10:00:00Z"));
    private final SipLeg leg = new SipLeg("leg", time, new Mailbox(Runnable::run, "leg"), () -> {});
    private final List<LegEvent> heard = new ArrayList<>();

    @Test
    void a_leg_that_is_over_keeps_neither_buffers_nor_the_call_while_its_signalling_lives_on() {
        WeakReference<Object> session = attachSession();
        leg.listen(event -> heard.add(event));

        leg.ended(LegEnd.REMOTE_HANGUP, Optional.empty());

        await().until(() -> {
            System.gc();
            return session.get() == null;
        });
        assertThat(heard).hasSize(1);
        assertThat(leg.openEar().read(new short[160], 0, new EarFrame())).isEqualTo(-1);
    }

    @Test
    void a_leg_that_ended_before_anybody_listened_tells_everything_and_then_nothing() {
        leg.ringing(180);
        leg.ended(LegEnd.REMOTE_HANGUP, Optional.empty());
        leg.listen(heard::add);
        leg.ringing(183);

        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).isInstanceOf(LegEvent.Ended.class);
    }

    private DialError failedAfter(Tone tone, DialVerdict verdict, SipFailure raw) {
        leg.listen(heard::add);
        leg.onMediaEvent(new LegEvent.ToneHeard(0, tone, 425, 500));
        leg.failed(verdict, raw);
        assertThat(heard.getFirst()).isInstanceOf(LegEvent.ToneHeard.class);
        return ((LegEvent.DialFailed) heard.getLast()).error();
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, BUSY",
        "CONGESTION, TEMPORARILY_UNAVAILABLE",
        "SIT_REORDER, TEMPORARILY_UNAVAILABLE",
        "SIT_NO_CIRCUIT, TEMPORARILY_UNAVAILABLE",
        "SIT_VACANT, NUMBER_NON_ATTRIBUTED",
        "SIT_INTERCEPT, NUMBER_NON_ATTRIBUTED",
        "SIT, NO_ANSWER",
        "RINGBACK, NO_ANSWER"
    })
    void a_tone_before_the_answer_says_why_nobody_came(Tone tone, DialError error) {
        SipFailure raw = new SipFailure(OptionalInt.of(487), OptionalInt.empty(), Optional.empty(), "trunk");
        assertThat(failedAfter(tone, DialVerdict.of(LocalFailure.RING_TIMEOUT), raw))
                .isEqualTo(error);
    }

    @Test
    void a_response_that_says_why_is_believed_before_any_tone() {
        SipFailure raw = new SipFailure(OptionalInt.of(480), OptionalInt.of(19), Optional.empty(), "trunk");
        assertThat(failedAfter(Tone.BUSY, DialVerdict.of(LocalFailure.RING_TIMEOUT), raw))
                .isEqualTo(DialError.NO_ANSWER);
    }

    private WeakReference<Object> attachSession() {
        FakeMediaPlane.Session session = new FakeMediaPlane.Session(4000, event -> {});
        leg.attach(session);
        return new WeakReference<>(session);
    }
}
