package dev.revox.bench.kill;

import dev.revox.bench.far.FarEnd;
import dev.revox.bench.far.Said;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, as its parent sees it. <b>Thread:</b> Confined to the parent's main thread. */
final class EngineProcess {
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private static final int LONGEST_MINUTES = 10;

    private final Process process;
    private final Thread reader;
    private final Map<String, CompletableFuture<Long>> heardAtNanos = new ConcurrentHashMap<>();

    private EngineProcess(Process process, Ledger ledger) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon(true).start(() -> read(ledger));
    }

    /** An engine whose process starts, and that waits for {@link #go}. */
    static EngineProcess start(World world, String node, FarEnd.Manner manner, long seed, Ledger ledger) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(QUICK_START);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledEngine.class.getName()));
        command.addAll(List.of(world.where(), node, manner.name(), Long.toString(seed)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(world.log().toFile()))
                    .start();
            return new EngineProcess(process, ledger);
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private void read(Ledger ledger) {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ");
                ledger.hear(words);
                boolean unused = heard(words[0]).complete(System.nanoTime());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            heardAtNanos
                    .values()
                    .forEach(word -> word.completeExceptionally(new IllegalStateException("it has ended")));
        }
    }

    private CompletableFuture<Long> heard(String word) {
        return heardAtNanos.computeIfAbsent(word, unused -> new CompletableFuture<>());
    }

    /** Waits until the engine has said a word for the first time, ten minutes at most; gives when. */
    long await(String word) {
        CompletableFuture<Long> heard = heard(word);
        if (!reader.isAlive() && !heard.isDone()) {
            throw new IllegalStateException("the engine has ended before it was " + word + "; its log says why");
        }
        return heard.copy().orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES).join();
    }

    void go(int firstNumber, int orders, int everyMs) {
        await(Said.STANDBY);
        tell("go " + firstNumber + " " + orders + " " + everyMs);
    }

    void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** SIGKILL; returns when the process is gone and everything that it said was read. */
    void kill() throws InterruptedException {
        // Through its handle, which leaves its output to be read to the end.
        boolean unused = process.toHandle().destroyForcibly();
        int unusedStatus = process.waitFor();
        reader.join();
    }
}
