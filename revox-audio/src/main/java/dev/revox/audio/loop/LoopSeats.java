package dev.revox.audio.loop;

import dev.revox.time.TimeSource;
import java.util.Arrays;

/**
 * The members of a loop, each with its own moment in the 20 ms of a frame, and what is done with all of them in a tick.
 *
 * <p><b>Thread:</b> Confined to the media loop, but for the counts.
 */
final class LoopSeats {

    private static final System.Logger LOG = System.getLogger("dev.revox.audio.loop");
    private static final int PHASES = 20;

    /** Members that are served between two looks at the clock: at most half a millisecond's work, and a look costs 30 ns. */
    private static final int MEMBERS_PER_LOOK = 4;

    private static final class Seat {
        final LoopMember member;
        final int phase;
        long dueNanos;
        boolean left;

        Seat(LoopMember member, int phase, long dueNanos) {
            this.member = member;
            this.phase = phase;
            this.dueNanos = dueNanos;
        }
    }

    private final TimeSource time;
    private final LatenessCounter lateness = new LatenessCounter();
    private final int[] phaseLoad = new int[PHASES];

    /** Replaced, not changed, so that a member may leave while the loop walks over them. */
    private Seat[] seats = new Seat[0];

    private volatile int count;
    private volatile long skippedFrames;
    private volatile long defects;

    LoopSeats(TimeSource time) {
        this.time = time;
    }

    int count() {
        return count;
    }

    LatenessCounter lateness() {
        return lateness;
    }

    long skippedFrames() {
        return skippedFrames;
    }

    long defects() {
        return defects;
    }

    void seat(LoopMember member) {
        int phase = 0;
        for (int i = 1; i < PHASES; i++) {
            if (phaseLoad[i] < phaseLoad[phase]) {
                phase = i;
            }
        }
        phaseLoad[phase]++;
        long now = time.nanoTime();
        long cycle = PHASES * MediaLoop.TICK_NANOS;
        long due = Math.floorDiv(now, cycle) * cycle + phase * MediaLoop.TICK_NANOS;
        if (due < now) {
            due += cycle;
        }
        Seat[] more = Arrays.copyOf(seats, seats.length + 1);
        more[seats.length] = new Seat(member, phase, due);
        seats = more;
        count = more.length;
    }

    @SuppressWarnings("ReferenceEquality") // the very member that was seated
    void unseat(LoopMember member) {
        for (int i = 0; i < seats.length; i++) {
            if (seats[i].member == member) {
                seats[i].left = true;
                phaseLoad[seats[i].phase]--;
                Seat[] fewer = new Seat[seats.length - 1];
                System.arraycopy(seats, 0, fewer, 0, i);
                System.arraycopy(seats, i + 1, fewer, i, fewer.length - i);
                seats = fewer;
                count = fewer.length;
                return;
            }
        }
    }

    /** Lets every member send what is due by now. */
    void sendDue(long nowNanos) {
        for (Seat seat : seats) {
            try {
                sendDue(seat, nowNanos);
            } catch (RuntimeException | Error e) {
                expel(seat.member, e, nowNanos);
            }
        }
    }

    private void sendDue(Seat seat, long nowNanos) {
        long period = seat.member.framePeriodNanos();
        if (nowNanos - seat.dueNanos >= (MediaLoop.MAX_LATE_FRAMES + 1) * period) {
            int pending = (int) ((nowNanos - seat.dueNanos) / period) + 1;
            int given = pending - MediaLoop.MAX_LATE_FRAMES - 1;
            seat.member.onFramesSkipped(given, nowNanos);
            seat.dueNanos += given * period;
            addSkipped(given);
        }
        while (seat.dueNanos <= nowNanos) {
            seat.member.onFrameDue(seat.dueNanos, nowNanos);
            lateness.record(time.nanoTime() - seat.dueNanos);
            seat.dueNanos += seat.member.framePeriodNanos();
        }
    }

    /**
     * Lets every member take in what has arrived. After a stall each has several packets waiting, and judging them all takes
     * tens of milliseconds; what falls due meanwhile is sent in between.
     */
    void hear(long nowNanos) {
        long lookedNanos = nowNanos;
        Seat[] all = seats;
        for (int i = 0; i < all.length; i++) {
            if (i % MEMBERS_PER_LOOK == MEMBERS_PER_LOOK - 1) {
                long now = time.nanoTime();
                if (now - lookedNanos >= MediaLoop.TICK_NANOS) {
                    sendDue(now);
                    lookedNanos = now;
                }
            }
            Seat seat = all[i];
            if (seat.left) {
                continue;
            }
            try {
                // Not the tick's own time: for no member does time go back.
                seat.member.onTick(lookedNanos);
            } catch (RuntimeException | Error e) {
                expel(seat.member, e, nowNanos);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void addSkipped(int frames) {
        skippedFrames += frames;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void expel(LoopMember member, Throwable defect, long nowNanos) {
        defects++;
        unseat(member);
        report("a leg failed and was taken off the loop", defect);
        try {
            member.onDefect(defect, nowNanos);
        } catch (RuntimeException e) {
            report("a leg failed while it was taken off the loop", e);
        }
    }

    // Only defects come here, never anything that a packet or a frame can cause.
    private static void report(String what, Throwable e) {
        LOG.log(System.Logger.Level.ERROR, what, e);
    }
}
