package dev.revox.sip.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose packets are believed and where ours go: symmetric RTP that cannot be hijacked.
 *
 * <p>The address of the session description is accepted at once. Another source is accepted only when it shows
 * {@value #REQUIRED_IN_SEQUENCE} consecutive sequence numbers within the first 5 s after an offer/answer; then the choice is
 * locked until the next offer/answer. Beyond that rule, nothing is learnt while the trusted source is heard, so even within
 * those seconds nobody can take a stream over that runs. A NAT in front of the peer works, and a stranger who sprays the port
 * range in the middle of a call reaches nothing.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 4961, RFC 7362 §4 and the rule of Asterisk's AST-2017-005/008.
 */
public final class SourceLatch {

    static final int REQUIRED_IN_SEQUENCE = 4;

    /** How long after an offer/answer another source may be learnt: {@value} ns. */
    public static final long LEARNING_NANOS = 5_000_000_000L;

    private static final long QUIET_NANOS = 100_000_000L;

    private @Nullable InetSocketAddress described;
    private @Nullable InetSocketAddress trusted;
    private @Nullable InetSocketAddress candidate;
    private boolean locked;
    private int candidateNext;
    private int candidateRun;
    private long learnUntilNanos;
    private boolean heard;
    private long lastHeardNanos;

    /** An offer/answer named this address for RTP. */
    public void onDescription(InetSocketAddress address, long nowNanos) {
        boolean moved = !address.equals(described);
        described = address;
        if (moved || trusted == null) {
            trusted = address;
            heard = false;
        }
        candidate = null;
        locked = false;
        learnUntilNanos = nowNanos + LEARNING_NANOS;
    }

    /**
     * Whether a valid RTP packet from this source may pass.
     *
     * @param sequence its sequence number
     */
    public boolean accepts(InetSocketAddress source, int sequence, long nowNanos) {
        InetSocketAddress current = trusted;
        if (current == null) {
            return false;
        }
        if (source.equals(current)) {
            candidate = null;
            heard = true;
            lastHeardNanos = nowNanos;
            return true;
        }
        if (locked || nowNanos - learnUntilNanos >= 0 || (heard && nowNanos - lastHeardNanos < QUIET_NANOS)) {
            return false;
        }
        if (source.equals(candidate) && sequence == candidateNext) {
            candidateRun++;
        } else {
            candidate = source;
            candidateRun = 1;
        }
        candidateNext = (sequence + 1) & 0xFFFF;
        if (candidateRun < REQUIRED_IN_SEQUENCE) {
            return false;
        }
        trusted = source;
        heard = true;
        lastHeardNanos = nowNanos;
        candidate = null;
        locked = true;
        return true;
    }

    /**
     * An authentic packet came from this source: with encryption the key decides who is believed, and ours go where the newest
     * authentic one came from.
     */
    public void onAuthentic(InetSocketAddress source) {
        if (!source.equals(trusted)) {
            trusted = source;
        }
    }

    /** Whether RTCP from this source may pass: it comes from the host that we trust, the port being another. */
    public boolean trustsHostOf(InetSocketAddress source) {
        InetSocketAddress current = trusted;
        return current != null && source.getAddress().equals(current.getAddress());
    }

    /** Where our RTP goes. Empty (null) before the first description. */
    public @Nullable InetSocketAddress target() {
        return trusted;
    }

    /** True when another source than the described one was learnt. */
    public boolean learnt() {
        return trusted != null && !trusted.equals(described);
    }
}
