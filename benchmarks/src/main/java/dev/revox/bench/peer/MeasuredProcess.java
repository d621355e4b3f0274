package dev.revox.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that is given work over the network and whose processor time is taken. <b>Thread:</b> Confined to the harness's main thread. */
public final class MeasuredProcess implements AutoCloseable {
    private static final Pattern USER_AND_SYSTEM =
            Pattern.compile("^.*\\) \\S+(?: \\S+){10} (\\d+) (\\d+) .*", Pattern.DOTALL);
    private static final long NANOS_PER_TICK = 10_000_000L;

    private final Process process;
    private final BufferedReader said;

    private MeasuredProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A Java program with this program's class path; it says {@code ready} when it is. */
    public static MeasuredProcess java(List<String> options, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return announced(command);
    }

    /** A process that says {@code ready} when it is. */
    public static MeasuredProcess announced(List<String> command) {
        MeasuredProcess process = start(command, ProcessBuilder.Redirect.PIPE);
        try {
            String line = process.said.readLine();
            if (!"ready".equals(line)) {
                process.close();
                throw new IllegalStateException(command.getFirst() + " did not start: " + line);
            }
            return process;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A process that is not listened to. */
    public static MeasuredProcess start(List<String> command) {
        return start(command, ProcessBuilder.Redirect.DISCARD);
    }

    private static MeasuredProcess start(List<String> command, ProcessBuilder.Redirect out) {
        try {
            return new MeasuredProcess(new ProcessBuilder(command)
                    .redirectOutput(out)
                    .redirectError(out.equals(ProcessBuilder.Redirect.PIPE) ? ProcessBuilder.Redirect.INHERIT : out)
                    .start());
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    /** Processor time of all its threads, in user space and in the kernel. */
    public long cpuNanos() {
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

    /** Processor time of its threads and of its children's, thread by thread. */
    public ThreadTimes threadTimes() {
        return ThreadTimes.of(process.toHandle());
    }

    /** Asks for a figure and waits for it. */
    public long ask(String question) {
        try {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return Long.parseLong(said.readLine());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Waits for its end. @return true when it ended well and in time */
    public boolean endsWell(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
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
