package dev.revox.sip.media.wire;

import dev.revox.audio.event.LegEventRelay;
import dev.revox.sip.sdp.NegotiatedMedia;
import java.time.Duration;

/**
 * Notices a leg whose peer has gone without a word: no media for too long.
 *
 * <p>It does not run before the answer nor on hold, and where the peer may be silent on the wire (DTX) its RTCP counts as a
 * sign of life.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class SilenceLimit {

    private final long afterAnswerNanos;
    private final long midCallNanos;
    private final LegEventRelay events;

    private boolean answered;
    private boolean expected;
    private boolean rtcpCounts;
    private boolean heard;
    private boolean told;
    private long lastSignNanos;

    /** Zero switches a limit off. */
    public SilenceLimit(Duration afterAnswer, Duration midCall, LegEventRelay events) {
        afterAnswerNanos = afterAnswer.toNanos();
        midCallNanos = midCall.toNanos();
        this.events = events;
    }

    void onDescription(NegotiatedMedia agreed, long nowNanos) {
        expected = agreed.sending() && agreed.receiving();
        rtcpCounts = agreed.discontinuous();
        lastSignNanos = nowNanos;
    }

    void onAnswer(long nowNanos) {
        answered = true;
        lastSignNanos = nowNanos;
    }

    void onMedia(long nowNanos) {
        heard = true;
        lastSignNanos = nowNanos;
    }

    /** The peer tells what its silence is like, so it need not send it. */
    void onComfortNoise() {
        rtcpCounts = true;
    }

    void onRtcp(long nowNanos) {
        if (rtcpCounts) {
            lastSignNanos = nowNanos;
        }
    }

    void onTick(long nowNanos) {
        long limit = heard ? midCallNanos : afterAnswerNanos;
        if (answered && expected && !told && limit > 0 && nowNanos - lastSignNanos >= limit) {
            told = true;
            events.timedOut(nowNanos);
        }
    }
}
