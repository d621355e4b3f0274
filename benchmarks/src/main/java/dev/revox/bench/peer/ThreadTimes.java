package dev.revox.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of every thread of a process and its children, from the kernel, to the nanosecond.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param nanos by the thread's number and name; the kernel keeps 15 characters of a name
 */
public record ThreadTimes(Map<String, Long> nanos) {

    public ThreadTimes {
        nanos = Map.copyOf(nanos);
    }

    static ThreadTimes of(ProcessHandle process) {
        Map<String, Long> nanos = new HashMap<>();
        Stream.concat(Stream.of(process), process.descendants()).forEach(each -> read(each.pid(), nanos));
        return new ThreadTimes(nanos);
    }

    private static void read(long pid, Map<String, Long> nanos) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks.forEach(task -> {
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    String spent = Files.readString(task.resolve("schedstat"));
                    nanos.put(task.getFileName() + " " + name, Long.parseLong(spent.substring(0, spent.indexOf(' '))));
                } catch (IOException ended) {
                    // Threads come and go.
                }
            });
        } catch (IOException ended) {
            // So do processes.
        }
    }

    /** What has been spent since an earlier moment, by the name of the thread without numbers at its end. */
    public Map<String, Long> since(ThreadTimes before) {
        Map<String, Long> spent = new HashMap<>();
        nanos.forEach((thread, now) -> {
            String name = thread.substring(thread.indexOf(' ') + 1).replaceAll("[-#0-9 ]+$", "");
            spent.merge(name, now - before.nanos().getOrDefault(thread, 0L), Long::sum);
        });
        return spent;
    }
}
