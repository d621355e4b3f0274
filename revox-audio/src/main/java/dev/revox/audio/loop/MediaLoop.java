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
 * <p>Each tick does four things: commands that other threads queued, the frames that are due, one look at the sockets, and
 * what arrived for each member. Deadlines are absolute, so a late tick does not shift those after it. Members are spread over
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
    private static final int COMMANDS_PER_TICK = 256;
    private static final int EVENT_RING = 4096;

    private final String name;
    private final TimeSource time;
    private final LoopWaiter waiter;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final LoopEvents events = new LoopEvents(EVENT_RING);
    private final LoopSeats seats;

    private LoopPoller[] pollers = new LoopPoller[0];

    private volatile boolean running;
    private volatile @Nullable Thread loopThread;
    private volatile @Nullable Thread dispatcherThread;

    public MediaLoop(String name, TimeSource time, LoopWaiter waiter) {
        this.name = name;
        this.time = time;
        this.waiter = waiter;
        this.seats = new LoopSeats(time);
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
        if (seats.count() == 0) {
            LockSupport.unpark(loopThread);
        }
    }

    /** Takes a member in from the next tick on. */
    public void add(LoopMember member) {
        execute(() -> seats.seat(member));
    }

    /** Lets a member go; unknown members are ignored. */
    public void remove(LoopMember member) {
        execute(() -> seats.unseat(member));
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
        return seats.count();
    }

    public LatenessCounter lateness() {
        return seats.lateness();
    }

    /** Frame times that were given up because the loop was held up. */
    public long skippedFrames() {
        return seats.skippedFrames();
    }

    /** Members that were taken off because they threw. */
    public long defects() {
        return seats.defects();
    }

    /** The id of the loop's thread, for measurements; 0 before {@link #start()}. */
    public long threadId() {
        Thread thread = loopThread;
        return thread == null ? 0 : thread.threadId();
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
        // What is due goes out first: judging what came in takes longer than sending, most of all after a stall.
        seats.sendDue(nowNanos);
        for (LoopPoller poller : pollers) {
            try {
                poller.poll(nowNanos);
            } catch (RuntimeException e) {
                report("a poller failed", e);
            }
        }
        seats.hear(nowNanos);
        if (events.takeEmitted()) {
            LockSupport.unpark(dispatcherThread);
        }
    }

    private void runGuarded(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException e) {
            report("a media command failed", e);
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
            if (seats.count() == 0 && commands.isEmpty()) {
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
