package dev.revox.bench.sim;

import dev.revox.line.LineLimits;
import dev.revox.testkit.sim.SimFaults;
import dev.revox.testkit.sim.SimReport;
import dev.revox.testkit.sim.SimWorld;
import dev.revox.testkit.sim.SimWorldBuilder;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Many simulated worlds: prints a line for each, every broken promise in full, and how long it took.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class SimHarness {
    private static final int ORDERS = 500;
    private static final int MANY_ORDERS = 10_000;
    private static final int LARGE_WORLDS = 3;
    private static final int JDBC_ORDERS = 1_000;
    private static final Logger LOG = Logger.getLogger("dev.revox");
    private static final Logger LOG_OF_JOBS = Logger.getLogger("com.github.kagkarlsson");
    private static final Logger LOG_OF_POOL = Logger.getLogger("com.zaxxer.hikari");

    private final PrintStream out;
    private int broken;

    private SimHarness(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs so many seeds of 500 orders, in turn over five days with all faults and in a rush on a line that is too small, and
     * then three of 10 000 orders with crashes, all on three nodes.
     *
     * @return how many promises were broken
     */
    public static int run(long firstSeed, int seeds, PrintStream out) {
        SimHarness harness = begin(out);
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            boolean rush = seed % 2 == 1;
            harness.line(seed, rush ? "rush" : "days", ORDERS, rush ? rush(world(seed, ORDERS)) : world(seed, ORDERS));
        }
        for (long seed = firstSeed; seed < firstSeed + LARGE_WORLDS; seed++) {
            SimWorldBuilder large = world(seed, MANY_ORDERS)
                    .faults(SimFaults.CRASHES)
                    .line(LineLimits.of("trunk", 60, 5))
                    .callsPerNode(60);
            harness.line(seed, "large", MANY_ORDERS, large);
        }
        return harness.end();
    }

    /**
     * Runs so many seeds of 1000 orders over five days on three nodes with all faults, on stores in a database the way to which
     * breaks too.
     *
     * @return how many promises were broken
     */
    public static int runOnJdbc(long firstSeed, int seeds, PrintStream out) {
        SimHarness harness = begin(out);
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            try (JdbcWorld world = new JdbcWorld(seed)) {
                harness.line(seed, "jdbc", JDBC_ORDERS, world.world(JDBC_ORDERS));
                out.println("         on the way to the database: " + world.faults());
            }
        }
        return harness.end();
    }

    private static SimHarness begin(PrintStream out) {
        LOG.setLevel(Level.OFF);
        LOG_OF_JOBS.setLevel(Level.OFF);
        LOG_OF_POOL.setLevel(Level.OFF);
        out.println(
                "   seed  world  orders  accepted  invites  at once  crashes  pauses  outages  clocks  broken  seconds  of CPU");
        return new SimHarness(out);
    }

    private int end() {
        out.println(broken + " promises broken");
        return broken;
    }

    private static SimWorldBuilder world(long seed, int orders) {
        return SimWorld.builder(seed).nodes(3).orders(orders).faults(SimFaults.ALL);
    }

    private static SimWorldBuilder rush(SimWorldBuilder world) {
        return world.lasting(Duration.ofHours(10))
                .line(LineLimits.of("trunk", 4, 1))
                .callsPerNode(3);
    }

    private void line(long seed, String name, int orders, SimWorldBuilder world) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long beganNanos = System.nanoTime();
        long beganCpuNanos = threads.getCurrentThreadCpuTime();
        SimReport report = world.build().run();
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - beganCpuNanos) / 1e9;
        broken += report.violations().size();
        out.println(String.format(
                Locale.ROOT,
                "%7d  %5s  %6d  %8d  %7d  %7d  %7d  %6d  %7d  %6d  %6d  %7.1f  %6.1f",
                seed,
                name,
                orders,
                report.accepted(),
                report.invites(),
                report.mostAtOnce(),
                fault(report, "crash"),
                fault(report, "pause"),
                fault(report, "outage"),
                fault(report, "clock"),
                report.violations().size(),
                seconds,
                cpuSeconds));
        report.violations().forEach(out::println);
    }

    private static int fault(SimReport report, String name) {
        return report.faults().getOrDefault(name, 0);
    }
}
