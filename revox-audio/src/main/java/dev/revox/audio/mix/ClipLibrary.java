package dev.revox.audio.mix;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * All clips of a line by their names: those that are made here and those that the host brought.
 *
 * <p>A clip is made or read when it is first asked for, on a thread of its own, and kept: it takes up to a second, and neither a
 * call nor the media loop may wait for it.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ClipLibrary {

    private final Map<String, Path> own;
    private final Map<String, CompletableFuture<Clip>> clips = new ConcurrentHashMap<>();

    /** With the host's own clips, WAV files by name; one that has a name of ours takes its place. */
    public ClipLibrary(Map<String, Path> own) {
        this.own = Map.copyOf(own);
    }

    /** Completes with the clip; with an exception if there is none of that name or its file cannot be used. */
    public CompletableFuture<Clip> find(String name) {
        return clips.computeIfAbsent(name, this::make).copy();
    }

    private CompletableFuture<Clip> make(String name) {
        Path file = own.get(name);
        Supplier<Clip> maker = file == null ? () -> Recipes.of(name) : () -> Clip.read(file);
        CompletableFuture<Clip> made = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("revox-clip").start(() -> {
            try {
                made.complete(maker.get());
            } catch (RuntimeException e) {
                // The next call may find the file mended.
                clips.remove(name);
                made.completeExceptionally(e);
            }
        });
        return made;
    }
}
