package dev.revox.bench.packets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that gets packets and gives them back. <b>Thread:</b> Confined to the harness's main thread. */
final class Responder implements AutoCloseable {
    private static final Pattern USER_AND_SYSTEM =
            Pattern.compile("^.*\\) \\S+(?: \\S+){10} (\\d+) (\\d+) .*", Pattern.DOTALL);
    private static final long NANOS_PER_TICK = 10_000_000L;

    private final Process process;
    private final BufferedReader said;

    private Responder(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A process that says {@code ready} when it is. */
    static Responder announced(List<String> command) {
        Responder responder = start(command);
        try {
            String line = responder.said.readLine();
            if (!"ready".equals(line)) {
                responder.close();
                throw new IllegalStateException(command.getFirst() + " did not start: " + line);
            }
            return responder;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A process that says nothing. */
    static Responder start(List<String> command) {
        try {
            return new Responder(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    /** Processor time of all its threads, in user space and in the kernel. */
    long cpuNanos() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            Matcher matcher = USER_AND_SYSTEM.matcher(stat);
            if (!matcher.matches()) {
                throw new IllegalStateException("the kernel's account of a process is not understood: " + stat);
            }
            return (Long.parseLong(matcher.group(1)) + Long.parseLong(matcher.group(2))) * NANOS_PER_TICK;
        } catch (IOException gone) {
            throw new UncheckedIOException("the process has ended", gone);
        }
    }

    /** Asks for a figure and waits for it. */
    long ask(String question) {
        try {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return Long.parseLong(said.readLine());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
