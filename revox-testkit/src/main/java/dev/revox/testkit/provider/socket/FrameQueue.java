package dev.revox.testkit.provider.socket;

import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.SocketCall;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The messages of one utterance on their way to the client, at a pace, failing where they are told to.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class FrameQueue {

    /** A message, and what to do when it has been sent; pieces of sound are what faults count. */
    public record Frame(String text, boolean sound, Runnable after) {
        public Frame(String text, boolean sound) {
            this(text, sound, () -> {});
        }
    }

    private final SocketCall call;
    private final Consumer<String> sender;
    private final TimeSource time;
    private final Duration pace;
    private final Optional<Fault> fault;
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private int sounds;
    private boolean paused;
    private boolean over;

    FrameQueue(
            SocketCall call,
            Consumer<String> sender,
            TimeSource time,
            Duration first,
            Duration pace,
            Optional<Fault> fault) {
        this.call = call;
        this.sender = sender;
        this.time = time;
        this.pace = pace;
        this.fault = fault;
        Duration wait = fault.orElse(null) instanceof Fault.Late late ? first.plus(late.by()) : first;
        if (!wait.isZero()) {
            pause(wait);
        }
    }

    public boolean isEmptyHanded() {
        return fault.orElse(null) instanceof Fault.Empty;
    }

    public synchronized void add(Frame frame) {
        waiting.add(frame);
        pump();
    }

    public synchronized void stop() {
        over = true;
        waiting.clear();
    }

    private void pause(Duration wait) {
        paused = true;
        Alarm unused = time.schedule(wait, this::goOn);
    }

    private synchronized void goOn() {
        paused = false;
        pump();
    }

    private void pump() {
        while (!over && !paused && !waiting.isEmpty()) {
            Frame frame = waiting.remove();
            if (frame.sound() && failed(frame)) {
                stop();
                return;
            }
            sender.accept(frame.text());
            frame.after().run();
            if (frame.sound()) {
                sounds++;
                if (!pace.isZero()) {
                    pause(pace);
                }
            }
        }
    }

    private boolean failed(Frame next) {
        if (fault.isEmpty()) {
            return false;
        }
        return switch (fault.get()) {
            case Fault.StallAfter stall -> sounds == stall.pieces();
            case Fault.CutAfter cut -> {
                if (sounds == cut.pieces()) {
                    call.cut(next.text());
                }
                yield sounds == cut.pieces();
            }
            case Fault.GarbageAfter garbage -> {
                if (sounds == garbage.pieces()) {
                    call.send("<html> not what you asked for");
                }
                yield sounds == garbage.pieces();
            }
            default -> false;
        };
    }
}
