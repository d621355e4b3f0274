package dev.revox.bench.kill;

import java.io.PrintStream;

/** Engines that are killed. */
public final class KillHarness {
    private static final double RECOVERY_LIMIT_SECONDS = 2;

    private KillHarness() {}

    /** False when a promise was broken. */
    public static boolean run(String what, int number, PrintStream out) throws InterruptedException {
        switch (what) {
            case "recover" -> {
                try (World world = World.postgres()) {
                    out.println("log of the engines: " + world.log());
                    return RecoverRun.run(world, number, RECOVERY_LIMIT_SECONDS, out);
                }
            }
            default -> {
                out.println("what to do must be postgres, h2 or recover");
                return false;
            }
        }
    }
}
