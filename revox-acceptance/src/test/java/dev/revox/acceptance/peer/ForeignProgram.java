package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A running program of somebody else's, with a folder of its own, ended with its children. */
final class ForeignProgram implements AutoCloseable {

    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final Path log;

    private ForeignProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Skips the running test, by name, where a program is not installed. */
    static void require(String... programs) {
        for (String program : programs) {
            assumeTrue(installed(program), program + " is not installed");
        }
    }

    static ForeignProgram start(Path folder, List<String> command) {
        try {
            Files.createDirectories(folder);
            Path log = folder.resolve("out.log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ForeignProgram(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a short program to its end. */
    static void run(Path folder, String... command) {
        try (ForeignProgram program = start(folder, Arrays.asList(command))) {
            assertThat(program.exitCode(Duration.ofSeconds(20)))
                    .as("%s: %s", command[0], program.output())
                    .isZero();
        }
    }

    /**
     * Two free neighbouring ports, the first even, both for UDP and TCP. They lie below the range of our own RTP and
     * that from which the system takes ports for sockets that ask for none, so nothing else takes them before the program.
     */
    static int freePortPair() {
        for (int tries = 0; tries < 1000; tries++) {
            int port = 10_000 + 2 * ThreadLocalRandom.current().nextInt(3_000);
            if (HANDED_OUT.add(port) && free(port) && free(port + 1)) {
                return port;
            }
        }
        throw new IllegalStateException("no free pair of ports in 10000..16000");
    }

    private static boolean free(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket tcp = new ServerSocket()) {
            tcp.bind(address);
            return freeForUdp(address);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean freeForUdp(InetSocketAddress address) {
        try (DatagramSocket probe = new DatagramSocket(address)) {
            return probe.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    /** Waits until the program has bound a UDP port of the loopback interface. */
    void awaitUdpPort(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        await("UDP port " + port + " of " + log)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || !freeForUdp(address));
        assertThat(process.isAlive()).as(output()).isTrue();
    }

    int exitCode(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("still running after %s: %s", limit, output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "no output: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
        return Arrays.stream(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
