package dev.revox.bench.packets;

import dev.revox.bench.peer.MeasuredProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Processor time per packet of a process that gets 50 packets per second on each of many ports and gives each packet back, by turns with
 * a C program that does the same and with rtpengine, which relays each to another port.
 */
public final class PacketHarness {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_MS = 7000;
    private static final int MEASURED_MS = 4000;
    private static final int OWN_PORT = 20_000;
    private static final int PHONE_PORT = 24_000;
    private static final int CONTROL_PORT = 19_999;
    private static final int ENGINE_PORT = 28_000;

    private final int streams;
    private final Path folder;
    private final Map<Way, Found> found = new EnumMap<>(Way.class);

    private enum Way {
        C_ECHO("C echo, epoll"),
        OWN_ECHO("Revox sockets, echo"),
        NETTY_ECHO("Revox sockets on Netty, echo"),
        OWN_RELAY("Revox bridge: checked, judged, rewritten"),
        RTPENGINE("rtpengine in user space, relay");

        private final String text;

        Way(String text) {
            this.text = text;
        }
    }

    /** What was found of one way. */
    private static final class Found {
        private final List<Double> microsPerPacket = new ArrayList<>();
        private double bytesPerPacket;
        private double lostPercent;
    }

    private PacketHarness(int streams, Path folder) {
        this.streams = streams;
        this.folder = folder;
    }

    /** Measures so many streams and prints one table. */
    public static void run(int streams, PrintStream out) throws Exception {
        PacketHarness harness = new PacketHarness(streams / 2 * 2, Files.createTempDirectory("revox-packets"));
        harness.compileEcho();
        for (int round = 0; round < ROUNDS; round++) {
            for (Way way : Way.values()) {
                harness.measure(way);
            }
        }
        harness.print(out);
    }

    private void compileEcho() throws IOException, InterruptedException {
        Path source = folder.resolve("echo.c");
        try (InputStream code = PacketHarness.class.getResourceAsStream("echo.c")) {
            Files.write(source, java.util.Objects.requireNonNull(code).readAllBytes());
        }
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-o", folder.resolve("echo").toString(), source.toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("the C echo was not compiled: is a C compiler installed?");
        }
    }

    private void measure(Way way) throws IOException {
        try (PacketLoad load = new PacketLoad(PHONE_PORT, streams)) {
            switch (way) {
                case RTPENGINE -> {
                    try (RtpEngine engine = new RtpEngine(CONTROL_PORT, ENGINE_PORT, 4 * streams)) {
                        load.towards(engine.calls(PHONE_PORT, streams));
                        note(way, load, engine::cpuNanos, () -> 0);
                    }
                }
                case C_ECHO -> {
                    try (MeasuredProcess echo = MeasuredProcess.announced(List.of(
                            folder.resolve("echo").toString(),
                            Integer.toString(OWN_PORT),
                            Integer.toString(streams)))) {
                        load.towards(ownPorts());
                        note(way, load, echo::cpuNanos, () -> 0);
                    }
                }
                case OWN_ECHO, NETTY_ECHO, OWN_RELAY -> {
                    try (MeasuredProcess own = own(way)) {
                        load.towards(ownPorts());
                        note(way, load, own::cpuNanos, () -> own.ask("bytes"));
                    }
                }
            }
        }
    }

    private List<InetSocketAddress> ownPorts() {
        return IntStream.range(0, streams)
                .mapToObj(i -> new InetSocketAddress(InetAddress.getLoopbackAddress(), OWN_PORT + i))
                .toList();
    }

    private MeasuredProcess own(Way way) {
        return MeasuredProcess.java(
                List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC"),
                OwnResponder.class,
                List.of(
                        way == Way.NETTY_ECHO ? "NETTY" : "JDK",
                        way == Way.OWN_RELAY ? "relay" : "echo",
                        Integer.toString(OWN_PORT),
                        Integer.toString(streams),
                        Integer.toString(PHONE_PORT)));
    }

    private void note(Way way, PacketLoad load, LongSupplier cpuNanos, LongSupplier bytes) {
        load.run(WARM_UP_MS);
        long unused = load.takeCame();
        long cpuBefore = cpuNanos.getAsLong();
        long bytesBefore = bytes.getAsLong();
        long sent = load.run(MEASURED_MS);
        long cpu = cpuNanos.getAsLong() - cpuBefore;
        long came = Math.max(1, load.takeCame());
        Found its = of(way);
        its.microsPerPacket.add(cpu / 1000.0 / came);
        its.bytesPerPacket = (double) (bytes.getAsLong() - bytesBefore) / came;
        its.lostPercent = Math.max(its.lostPercent, 100.0 * (sent - came) / sent);
    }

    private Found of(Way way) {
        return found.computeIfAbsent(way, none -> new Found());
    }

    private void print(PrintStream out) {
        out.printf("%d streams of 50 packets of 172 bytes per second, %d rounds by turns%n%n", streams, ROUNDS);
        out.println(
                "| way | us of CPU per packet, median (min-max) | B on the loop per packet | not given back % | beside C echo"
                        + " | beside rtpengine |");
        out.println("|---|---|---|---|---|---|");
        for (Way way : Way.values()) {
            List<Double> sorted = of(way).microsPerPacket.stream().sorted().toList();
            out.printf(
                    "| %s | %.2f (%.2f-%.2f) | %s | %.3f | %s | %s |%n",
                    way.text,
                    sorted.get(sorted.size() / 2),
                    sorted.getFirst(),
                    sorted.getLast(),
                    way == Way.C_ECHO || way == Way.RTPENGINE ? "-" : "%.1f".formatted(of(way).bytesPerPacket),
                    of(way).lostPercent,
                    ratio(way, Way.C_ECHO),
                    ratio(way, Way.RTPENGINE));
        }
    }

    /** Median of the ratios within each round, with the smallest and the largest. */
    private String ratio(Way way, Way peer) {
        List<Double> ratios = IntStream.range(0, ROUNDS)
                .mapToObj(i -> of(way).microsPerPacket.get(i)
                        / of(peer).microsPerPacket.get(i))
                .sorted()
                .toList();
        return way == peer
                ? "-"
                : "%.2f (%.2f-%.2f)".formatted(ratios.get(ROUNDS / 2), ratios.getFirst(), ratios.getLast());
    }
}
