package dev.revox.audio.jitter;

import dev.revox.audio.quality.LossPattern;

/**
 * The order of one stream's packets: which belongs where, which comes next, and when one is given up.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing. <b>Spec:</b> RFC 3550 §A.1.
 */
final class Sequencer {

    /** A jump by this or more is a restarted sender, once its next packet confirms it. */
    private static final int MAX_DROPOUT = 3000;

    private static final long NO_SEQUENCE = Long.MIN_VALUE;

    /** Above zero from the start, so that a packet from before the first one has a number too. */
    private static final long FIRST_CYCLE = 1L << 16;

    private final PacketWindow window;
    private final LossPattern pattern;
    private final HoleWait holeWait = new HoleWait();

    private boolean started;
    private boolean restarted;
    private long firstSequence;
    private long nextSequence;
    private long highestSequence;

    /** Bit i: sequence number {@code nextSequence - 1 - i} has come. */
    private long history;

    /** The number that would confirm a restarted sender. */
    private long badSequence = NO_SEQUENCE;

    private long beyondSequence = NO_SEQUENCE;
    private boolean gaveUp;
    private boolean hurried;

    private long duplicates;
    private long late;
    private long lost;
    private long refused;
    private long restarts;

    Sequencer(PacketWindow window, LossPattern pattern) {
        this.window = window;
        this.pattern = pattern;
    }

    /** The place where a packet of this number belongs, -1 when it is not wanted. */
    int admit(int sequence, long nowNanos) {
        if (!started) {
            started = true;
            nextSequence = FIRST_CYCLE + (sequence & 0xFFFF);
            firstSequence = nextSequence;
            highestSequence = nextSequence;
        }
        long extended = SerialArithmetic.extend16(nextSequence, sequence);
        long ahead = extended - nextSequence;
        if (ahead < -PacketWindow.SIZE || ahead >= MAX_DROPOUT) {
            return beginsAnew(extended) ? PacketWindow.place(extended) : -1;
        }
        badSequence = NO_SEQUENCE;
        if (ahead < 0) {
            tooLate(extended, -ahead, nowNanos);
            return -1;
        }
        if (ahead >= PacketWindow.SIZE) {
            return admitBeyond(extended);
        }
        int place = PacketWindow.place(extended);
        if (!window.isFree(place)) {
            duplicates++;
            return -1;
        }
        noteOrder(extended, nowNanos);
        if (ahead > 0 && window.isFree(PacketWindow.place(nextSequence))) {
            holeWait.open(nowNanos);
        }
        return place;
    }

    /** Packets that follow this one and are there already show how long it was waited for. */
    private void noteOrder(long extended, long nowNanos) {
        if (extended > highestSequence) {
            highestSequence = extended;
        } else if (window.held() > 0) {
            long followedSince = window.earliestArrival(extended + 1, highestSequence, nowNanos);
            holeWait.overtaken(nowNanos - followedSince);
        }
    }

    /** The place of the audio packet whose turn it is, -1 while none has come and the wait is not over. */
    int next(long nowNanos) {
        while (window.held() > 0 || beyondSequence != NO_SEQUENCE) {
            if (window.held() == 0) {
                leap();
            }
            int place = PacketWindow.place(nextSequence);
            if (window.isAudio(place)) {
                hurried = false;
                return place;
            }
            if (window.isSilent(place)) {
                window.release(place);
                advance(true);
            } else if (beyondSequence != NO_SEQUENCE || hurried || holeWait.over(nowNanos)) {
                giveUp();
            } else {
                return -1;
            }
        }
        hurried = false;
        return -1;
    }

    /** Gives up what is missing before the first packet that waits. @return false when none waits for a missing one */
    boolean hurry() {
        hurried = window.held() > 0 && window.isFree(PacketWindow.place(nextSequence));
        return hurried;
    }

    /** The packet of {@link #next} has been given out. */
    void taken(int place) {
        window.release(place);
        gaveUp = false;
        advance(true);
    }

    /** Numbers were given up since the last packet that was given out. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Tells once that the stream began anew and has nothing to do with what was before. */
    boolean takeRestart() {
        boolean was = restarted;
        restarted = false;
        return was;
    }

    /** The next packet is the first of another stream. */
    void forget() {
        clear();
        started = false;
    }

    long holeWaitNanos() {
        return holeWait.nanos();
    }

    long duplicates() {
        return duplicates;
    }

    long late() {
        return late;
    }

    long lost() {
        return lost;
    }

    long refused() {
        return refused;
    }

    long restarts() {
        return restarts;
    }

    private int admitBeyond(long extended) {
        if (beyondSequence != NO_SEQUENCE) {
            refused++;
            return -1;
        }
        beyondSequence = extended;
        return PacketWindow.BEYOND;
    }

    private void tooLate(long extended, long behind, long nowNanos) {
        long bit = 1L << (behind - 1);
        if ((history & bit) != 0) {
            duplicates++;
            return;
        }
        history |= bit;
        late++;
        if (extended >= firstSequence) {
            lost--;
            pattern.cameTooLate();
            holeWait.cameAfterAll(PacketWindow.place(extended), nowNanos);
        }
    }

    /** Two packets in a row far away from the rest are a sender that began anew. */
    private boolean beginsAnew(long extended) {
        if (extended != badSequence) {
            badSequence = extended + 1;
            refused++;
            return false;
        }
        refused += window.held();
        clear();
        restarts++;
        nextSequence = extended;
        firstSequence = extended;
        highestSequence = extended;
        return true;
    }

    private void clear() {
        window.clear();
        holeWait.close();
        history = 0;
        badSequence = NO_SEQUENCE;
        beyondSequence = NO_SEQUENCE;
        gaveUp = false;
        restarted = true;
    }

    private void advance(boolean came) {
        history = (history << 1) | (came ? 1 : 0);
        nextSequence++;
        holeWait.passed();
        if (came) {
            pattern.came();
            holeWait.close();
            if (window.held() > 0 && window.isFree(PacketWindow.place(nextSequence))) {
                holeWait.open(window.earliestArrival(nextSequence, highestSequence, Long.MAX_VALUE));
            }
        }
    }

    private void giveUp() {
        holeWait.gaveUp(PacketWindow.place(nextSequence));
        lost++;
        pattern.missing(1);
        gaveUp = true;
        advance(false);
    }

    /** To the packet that did not fit the window, past everything in between. */
    private void leap() {
        lost += beyondSequence - nextSequence;
        pattern.missing(beyondSequence - nextSequence);
        gaveUp = true;
        history = 0;
        nextSequence = beyondSequence;
        firstSequence = beyondSequence;
        highestSequence = beyondSequence;
        beyondSequence = NO_SEQUENCE;
        window.adopt(PacketWindow.place(nextSequence));
    }
}
