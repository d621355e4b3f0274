package dev.revox.conversation;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The agent's warm-up, which takes as long as the rest of an engine's start and is needed only when somebody has picked up: so
 * it runs beside the first ringing. It only saves time, so a fault of it is told in the log and ends nothing.
 *
 * <p><b>Thread:</b> Thread-safe. Run or started once.
 */
public final class AgentWarmUp implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.revox.conversation");

    /** No person picks up sooner. */
    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final VoiceAgent agent;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private Alarm later = () -> {};
    private @Nullable Thread runner;
    private boolean stopped;

    public AgentWarmUp(VoiceAgent agent) {
        this.agent = agent;
    }

    /** A moment later, so that a first call that is placed at once need not share the processor with it. */
    public synchronized void startSoon(TimeSource time) {
        later = time.schedule(HEAD_START, this::startAside);
    }

    // On a platform thread, since loading native code pins a virtual one.
    private synchronized void startAside() {
        if (stopped) {
            return;
        }
        runner = Thread.ofPlatform().name("revox-warm-up").daemon(true).start(this);
    }

    @Override
    public void run() {
        try {
            agent.warmUp();
        } catch (RuntimeException | LinkageError fault) {
            LOG.log(System.Logger.Level.WARNING, "the agent did not warm up; its first turn may be slow", fault);
        } finally {
            over.complete(null);
        }
    }

    /** Interrupts it; done when the agent is let alone. */
    public synchronized CompletableFuture<Void> stop() {
        stopped = true;
        later.cancel();
        if (runner == null) {
            over.complete(null);
        } else {
            runner.interrupt();
        }
        return over;
    }
}
