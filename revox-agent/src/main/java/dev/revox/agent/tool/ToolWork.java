package dev.revox.agent.tool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tool call on a thread of its own. Whatever the tool does - throw, return nothing, answer twice, ignore an interruption -
 * there is at most one answer, and none after {@link #cancel()}. A tool that cannot be stopped keeps its own thread and nothing
 * else.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class ToolWork implements Runnable {

    private final Tool tool;
    private final Map<String, Object> arguments;
    private final ToolContext context;
    private final long run;
    private final int index;
    private @Nullable Consumer<? super ToolSignal> mailbox;
    private @Nullable Thread runner;
    private @Nullable CompletableFuture<ToolOutput> pending;

    ToolWork(
            Tool tool,
            Map<String, Object> arguments,
            ToolContext context,
            long run,
            int index,
            Consumer<? super ToolSignal> mailbox) {
        this.tool = tool;
        this.arguments = arguments;
        this.context = context;
        this.run = run;
        this.index = index;
        this.mailbox = mailbox;
    }

    void start(Executor executor) {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException shutDown) {
            answer(ToolOutput.error("The tool cannot be run now."), Optional.empty());
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            if (mailbox == null) {
                return;
            }
            runner = Thread.currentThread();
        }
        try {
            CompletableFuture<ToolOutput> future = tool.call(arguments, context).toCompletableFuture();
            if (keep(future)) {
                var unused = future.whenComplete(this::completed);
            } else {
                future.cancel(true);
            }
        } catch (Throwable thrown) {
            // Errors too: a stack overflow in a host's tool is no reason to leave a person alone on the line.
            completed(null, thrown);
        } finally {
            synchronized (this) {
                runner = null;
            }
        }
    }

    /** Nobody waits any more. */
    void cancel() {
        CompletableFuture<ToolOutput> future;
        synchronized (this) {
            mailbox = null;
            future = pending;
            if (runner != null) {
                runner.interrupt();
            }
        }
        if (future != null) {
            future.cancel(true);
        }
    }

    private synchronized boolean keep(CompletableFuture<ToolOutput> future) {
        pending = future;
        return mailbox != null;
    }

    private void completed(@Nullable ToolOutput output, @Nullable Throwable thrown) {
        if (output != null) {
            answer(output, Optional.empty());
            return;
        }
        Throwable cause = thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
        String name = cause == null ? "nothing" : cause.getClass().getName();
        // Its message may hold what no model should repeat to a stranger.
        answer(ToolOutput.error("The tool failed. What it should do may have been done or not."), Optional.of(name));
    }

    private void answer(ToolOutput output, Optional<String> thrown) {
        Consumer<? super ToolSignal> to;
        synchronized (this) {
            to = mailbox;
            mailbox = null;
        }
        if (to != null) {
            to.accept(new ToolSignal(run, index, output, thrown));
        }
    }
}
