package dev.revox.audio.loop;

import dev.revox.time.TimeSource;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that carries the sound of many legs on a 1 ms grid.
 *
 * <p>Each tick does four things: commands that other threads queued, one look at the sockets, what arrived for each member,
 * and the frames that are due. Deadlines are absolute, so a late tick does not shift those after it. Members are spread over
 * the 20 ms of a frame, so the loop's work is even. A loop that was held up (garbage collection, a busy machine) sends at
 * most {@value #MAX_LATE_FRAMES} late frames per member and gives the frame times before them up, since a burst longer than
 * that only overflows the peer's jitter buffer.
 *
 * <p>Nothing a tick calls may lock, block, log or allocate per frame. Facts that others must learn go through
 * {@link #events()}; a dispatcher thread is unparked once per tick in which there were any, never per frame.
 *
 * <p>Without {@link #start()} there are no threads: a test calls {@link #tick} and {@link #dispatchEvents()}.
 *
 * <p><b>Thread:</b> {@link #execute}, {@link #add}, {@link #remove}, {@link #close} are thread-safe; {@link #tick} and what it
 * calls are confined to the loop.
 */
public final class MediaLoop implements Executor, AutoCloseable {

    public static final long TICK_NANOS = 1_000_000L;

    /** Late frames that are still sent after the loop was held up (beside the one that is due now). */
    public static final int MAX_LATE_FRAMES = 3;

    private static final System.Logger LOG = System.getLogger("dev.revox.audio.loop");
    private static final int PHASES = 20;
    private static final int COMMANDS_PER_TICK = 256;
    private static final int EVENT_RING = 4096;

    private static final class Seat {
        final LoopMember member;
        final int phase;
        long dueNanos;

        Seat(LoopMember member, int phase, long dueNanos) {
            this.member = member;
            this.phase = phase;
            this.dueNanos = dueNanos;
        }
    }

    private final String name;
    private final TimeSource time;
    private final LoopWaiter waiter;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final LoopEvents events = new LoopEvents(EVENT_RING);
    private final LatenessCounter lateness = new LatenessCounter();

    /** Loop only; replaced, not changed, so that a member may leave while the loop walks over them. */
    private Seat[] seats = new Seat[0];

    private LoopPoller[] pollers = new LoopPoller[0];
    private final int[] phaseLoad = new int[PHASES];

    private volatile int memberCount;
    private volatile long skippedFrames;
    private volatile long defects;
    private volatile boolean running;
    private volatile @Nullable Thread loopThread;
    private volatile @Nullable Thread dispatcherThread;

    public MediaLoop(String name, TimeSource time, LoopWaiter waiter) {
        this.name = name;
        this.time = time;
        this.waiter = waiter;
    }

    /** Starts the loop's thread and its dispatcher. */
    public MediaLoop start() {
        running = true;
        dispatcherThread = daemon(name + "-events", this::runDispatcher);
        loopThread = daemon(name, this::runLoop);
        return this;
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(body);
        thread.start();
        return thread;
    }

    /** Queues a command; it runs on the loop within a tick. */
    @Override
    public void execute(Runnable command) {
        commands.add(command);
        if (memberCount == 0) {
            LockSupport.unpark(loopThread);
        }
    }

    /** Takes a member in from the next tick on. */
    public void add(LoopMember member) {
        execute(() -> seat(member));
    }

    /** Lets a member go; unknown members are ignored. */
    public void remove(LoopMember member) {
        execute(() -> unseat(member));
    }

    /** Adds work that is done once per tick. Before {@link #start()}. */
    public void addPoller(LoopPoller poller) {
        LoopPoller[] more = Arrays.copyOf(pollers, pollers.length + 1);
        more[pollers.length] = poller;
        pollers = more;
    }

    /** The ring that members emit into. Writing is confined to the loop. */
    public LoopEvents events() {
        return events;
    }

    public int memberCount() {
        return memberCount;
    }

    public LatenessCounter lateness() {
        return lateness;
    }

    /** Frame times that were given up because the loop was held up. */
    public long skippedFrames() {
        return skippedFrames;
    }

    /** Members that were taken off because they threw. */
    public long defects() {
        return defects;
    }

    /** The id of the loop's thread, for measurements; 0 before {@link #start()}. */
    public long threadId() {
        Thread thread = loopThread;
        return thread == null ? 0 : thread.threadId();
    }

    private void seat(LoopMember member) {
        int phase = 0;
        for (int i = 1; i < PHASES; i++) {
            if (phaseLoad[i] < phaseLoad[phase]) {
                phase = i;
            }
        }
        phaseLoad[phase]++;
        long now = time.nanoTime();
        long cycle = PHASES * TICK_NANOS;
        long due = Math.floorDiv(now, cycle) * cycle + phase * TICK_NANOS;
        if (due < now) {
            due += cycle;
        }
        Seat[] more = Arrays.copyOf(seats, seats.length + 1);
        more[seats.length] = new Seat(member, phase, due);
        seats = more;
        memberCount = more.length;
    }

    @SuppressWarnings("ReferenceEquality") // the very member that was seated
    private void unseat(LoopMember member) {
        for (int i = 0; i < seats.length; i++) {
            if (seats[i].member == member) {
                phaseLoad[seats[i].phase]--;
                Seat[] fewer = new Seat[seats.length - 1];
                System.arraycopy(seats, 0, fewer, 0, i);
                System.arraycopy(seats, i + 1, fewer, i, fewer.length - i);
                seats = fewer;
                memberCount = fewer.length;
                return;
            }
        }
    }

    /** One step of the loop; the caller is the loop. */
    public void tick(long nowNanos) {
        for (int i = 0; i < COMMANDS_PER_TICK; i++) {
            Runnable command = commands.poll();
            if (command == null) {
                break;
            }
            runGuarded(command);
        }
        for (LoopPoller poller : pollers) {
            try {
                poller.poll(nowNanos);
            } catch (RuntimeException e) {
                report("a poller failed", e);
            }
        }
        Seat[] walked = seats;
        for (Seat seat : walked) {
            try {
                seat.member.onTick(nowNanos);
                sendDue(seat, nowNanos);
            } catch (RuntimeException | Error e) {
                expel(seat.member, e, nowNanos);
            }
        }
        if (events.takeEmitted()) {
            LockSupport.unpark(dispatcherThread);
        }
    }

    private void sendDue(Seat seat, long nowNanos) {
        long period = seat.member.framePeriodNanos();
        if (nowNanos - seat.dueNanos >= (MAX_LATE_FRAMES + 1) * period) {
            int pending = (int) ((nowNanos - seat.dueNanos) / period) + 1;
            int given = pending - MAX_LATE_FRAMES - 1;
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

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void addSkipped(int frames) {
        skippedFrames += frames;
    }

    private void runGuarded(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException e) {
            report("a media command failed", e);
        }
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

    /** Delivers waiting events on the caller's thread; only for loops that were not started. */
    public int dispatchEvents() {
        return events.drain();
    }

    private void runLoop() {
        long next = time.nanoTime();
        while (running) {
            tick(time.nanoTime());
            if (memberCount == 0 && commands.isEmpty()) {
                LockSupport.park(this);
                next = time.nanoTime();
                continue;
            }
            next += TICK_NANOS;
            long now = time.nanoTime();
            if (next <= now) {
                // Held up: the ticks in between are gone, the grid stays where it was.
                next += ((now - next) / TICK_NANOS + 1) * TICK_NANOS;
            }
            while (running && time.nanoTime() < next) {
                waiter.waitUntil(next);
            }
        }
        do {
            tick(time.nanoTime());
        } while (!commands.isEmpty());
    }

    private void runDispatcher() {
        while (running) {
            if (drainGuarded() == 0) {
                LockSupport.park(this);
            }
        }
        int unused = drainGuarded();
    }

    private int drainGuarded() {
        try {
            return events.drain();
        } catch (RuntimeException e) {
            report("a receiver of media events failed", e);
            return 1;
        }
    }

    /** Stops the threads after the commands that are queued by now; members get no further call. */
    @Override
    public void close() {
        if (!running) {
            return;
        }
        running = false;
        Thread loop = loopThread;
        LockSupport.unpark(loop);
        joinQuietly(loop);
        Thread dispatcher = dispatcherThread;
        LockSupport.unpark(dispatcher);
        joinQuietly(dispatcher);
    }

    private static void joinQuietly(@Nullable Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
