package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.IncomingCall;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.sdp.AudioCodec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwoLinesLoopbackIT {

    private Lines callee;
    private Lines caller;
    private final Events calleeEvents = new Events();
    private final Events callerEvents = new Events();
    private final AtomicReference<CallLeg> calleeLeg = new AtomicReference<>();
    private final AtomicReference<IncomingCall> calleeSaw = new AtomicReference<>();

    @BeforeEach
    void open() {
        callee = new Lines(SipTrunk.of("sip:127.0.0.1:9").name("inbound").allowInboundFrom("127.0.0.0/8"));
        caller = new Lines(SipTrunk.of("sip:127.0.0.1:" + callee.line.sipPort()));
    }

    @AfterEach
    void close() {
        caller.close();
        callee.close();
    }

    private void answerAtOnce() {
        callee.line.onIncoming((call, leg) -> {
            calleeSaw.set(call);
            calleeLeg.set(leg);
            leg.answer();
            return Optional.of(calleeEvents);
        });
    }

    private void letRing() {
        callee.line.onIncoming((call, leg) -> {
            calleeLeg.set(leg);
            return Optional.of(calleeEvents);
        });
    }

    @Test
    void a_media_plane_that_does_not_open_fails_the_start_and_leaves_the_port_free() throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SipCallLine broken = SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:9"))
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1").withSipPort(port))
                .media((clock, address) -> {
                    throw new RevoxException("model of another hash", false);
                })
                .build();
        assertThatThrownBy(() -> broken.start(caller.time))
                .isInstanceOf(RevoxException.class)
                .hasMessage("model of another hash");
        try (DatagramSocket again = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void a_call_rings_is_answered_and_the_caller_hangs_up() {
        answerAtOnce();
        CallLeg leg = caller.dial(callerEvents);

        LegEvent.Answered answered = callerEvents.await(LegEvent.Answered.class);
        assertThat(answered.codec()).isEqualTo("PCMU");
        assertThat(answered.lineRateHz()).isEqualTo(8000);
        calleeEvents.await(LegEvent.Answered.class);
        assertThat(calleeSaw.get())
                .isEqualTo(new IncomingCall(
                        Optional.of(PhoneNumber.of("+14155550199")),
                        Optional.of(PhoneNumber.of(Lines.CALLEE)),
                        "inbound"));
        FakeMediaPlane.Session ours = caller.plane.last();
        FakeMediaPlane.Session theirs = callee.plane.last();
        assertThat(ours.applied.getLast().remoteRtp().getPort()).isEqualTo(theirs.localRtpPort());
        assertThat(theirs.applied.getLast().remoteRtp().getPort()).isEqualTo(ours.localRtpPort());
        assertThat(ours.answered).isTrue();

        leg.hangUp();
        assertThat(callerEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
        assertThat(calleeEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        assertThat(ours.closed).isTrue();
        Lines.eventually("callee's ports freed", theirs.closed::get);
    }

    @Test
    void the_called_side_hangs_up() {
        answerAtOnce();
        CallLeg unused = caller.dial(callerEvents);
        callerEvents.await(LegEvent.Answered.class);
        calleeEvents.await(LegEvent.Answered.class);
        calleeLeg.get().hangUp();
        assertThat(callerEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        assertThat(calleeEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.LOCAL_HANGUP);
    }

    @Test
    void ringing_too_long_is_no_answer_and_the_called_side_stops_ringing() {
        letRing();
        CallLeg unused = caller.dial(Lines.CALLEE, Duration.ofSeconds(2), callerEvents);
        assertThat(callerEvents.await(LegEvent.Ringing.class).sipStatus()).isEqualTo(180);
        LegEvent.DialFailed failed = callerEvents.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.NO_ANSWER);
        assertThat(failed.raw().sipStatus()).hasValue(487);
        calleeEvents.await(LegEvent.DialFailed.class);
    }

    @Test
    void a_refused_call_is_busy_and_leaves_nothing_open() {
        callee.line.onIncoming((call, leg) -> Optional.empty());
        CallLeg unused = caller.dial(callerEvents);
        LegEvent.DialFailed failed = callerEvents.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.BUSY);
        assertThat(failed.raw().sipStatus()).hasValue(603);
        Lines.eventually("callee's ports freed", callee.plane.last().closed::get);
    }

    @Test
    void without_a_common_codec_the_call_fails_before_anybody_is_asked() {
        try (Lines g711 = new Lines(
                SipTrunk.of("sip:127.0.0.1:9").allowInboundFrom("127.0.0.1"),
                SipSettings.DEFAULT.withT1(Lines.T1).withCodecs(AudioCodec.PCMA))) {
            g711.line.onIncoming((call, leg) -> {
                throw new AssertionError("must not be asked");
            });
            try (Lines dialling = new Lines(
                    SipTrunk.of("sip:127.0.0.1:" + g711.line.sipPort()),
                    SipSettings.DEFAULT.withT1(Lines.T1).withCodecs(AudioCodec.OPUS))) {
                CallLeg unused = dialling.dial(callerEvents);
                LegEvent.DialFailed failed = callerEvents.await(LegEvent.DialFailed.class);
                assertThat(failed.error()).isEqualTo(DialError.PRECONDITION_FAILED);
                assertThat(failed.raw().sipStatus()).hasValue(488);
            }
        }
    }

    @Test
    void nobody_may_call_a_line_whose_trunk_lets_nobody_in() {
        try (Lines shut = new Lines(SipTrunk.of("sip:127.0.0.1:9"))) {
            shut.line.onIncoming((call, leg) -> Optional.of(calleeEvents));
            try (Lines dialling = new Lines(SipTrunk.of("sip:127.0.0.1:" + shut.line.sipPort()))) {
                CallLeg unused = dialling.dial(callerEvents);
                assertThat(callerEvents.await(LegEvent.DialFailed.class).raw().sipStatus())
                        .hasValue(403);
                assertThat(shut.plane.sessions).isEmpty();
            }
        }
    }

    @Test
    void the_other_side_says_when_the_media_fell_silent_and_the_leg_ends_so() {
        answerAtOnce();
        CallLeg unused = caller.dial(callerEvents);
        callerEvents.await(LegEvent.Answered.class);
        caller.plane.last().events.accept(new LegEvent.Ended(0, LegEnd.MEDIA_TIMEOUT, Optional.empty()));
        assertThat(callerEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.MEDIA_TIMEOUT);
        assertThat(calleeEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        assertThat(callerEvents.terminals()).isEqualTo(1);
    }

    @Test
    void no_free_media_port_is_too_many_calls() {
        caller.plane.full.set(true);
        CallLeg leg = caller.dial(callerEvents);
        assertThat(callerEvents.await(LegEvent.DialFailed.class).error()).isEqualTo(DialError.TOO_MANY_CALLS);
        assertThat(leg.openEar().read(new short[960], 0, new dev.revox.media.EarFrame()))
                .isEqualTo(-1);
    }

    @Test
    void f14_many_calls_leave_nothing_behind() {
        callee.line.onIncoming((call, leg) -> {
            leg.answer();
            return Optional.of(event -> {});
        });
        for (int round = 0; round < 10; round++) {
            List<Events> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Events events = new Events();
                all.add(events);
                CallLeg leg = caller.dial(events);
                if (i % 5 == 0) {
                    leg.hangUp();
                }
            }
            for (int i = 0; i < all.size(); i++) {
                Events events = all.get(i);
                if (i % 5 != 0) {
                    LegEvent.Answered unused = events.await(LegEvent.Answered.class);
                }
            }
            caller.hangUpAll();
            for (Events events : all) {
                Lines.eventually("ended once", () -> events.terminals() == 1);
            }
        }
        Lines.eventually("nothing is kept", () -> caller.line.occupancy() == 0 && callee.line.occupancy() == 0);
        assertThat(caller.plane.sessions).hasSize(200).allMatch(s -> s.closed.get());
        assertThat(callee.plane.sessions).allMatch(s -> s.closed.get());
    }

    @Test
    void closing_a_line_ends_its_calls_on_both_sides_and_leaves_no_thread() {
        answerAtOnce();
        CallLeg unused = caller.dial(callerEvents);
        callerEvents.await(LegEvent.Answered.class);
        calleeEvents.await(LegEvent.Answered.class);
        caller.close();
        assertThat(callerEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.INTERNAL_ERROR);
        assertThat(calleeEvents.await(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        callee.close();
        assertThat(caller.plane.closed).isTrue();
        Lines.eventually(
                "no thread of the line is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("revox-sip")
                                || name.contains("EventScanner")
                                || name.contains("UDPMessageChannel")
                                || name.contains("MessageProcessor")));
    }
}
