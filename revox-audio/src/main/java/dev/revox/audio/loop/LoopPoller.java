package dev.revox.audio.loop;

/**
 * Work that a {@link MediaLoop} does once per tick for all its members together, such as asking one selector for all sockets.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
@FunctionalInterface
public interface LoopPoller {
    void poll(long nowNanos);
}
