package dev.revox.examples;

import dev.revox.examples.demo.DemoCall;
import dev.revox.examples.demo.DemoSettings;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The demo: one whole call on real parts, and what came of it.
 *
 * <p>{@code call} (the default) calls somebody; {@code listen} waits for a softphone to call. It ends with 0 only when the call
 * was completed.
 */
public final class Demo {

    private Demo() {}

    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.WARNING);
        DemoSettings settings;
        try {
            settings = DemoSettings.read(args, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(DemoCall.run(settings, System.out) ? 0 : 1);
    }
}
