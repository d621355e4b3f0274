package dev.revox.bench.far;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What an engine says to its parent: a line of words at a time, each in one write, so that it is said whole or not at all.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Said {
    /** The process runs, and waits to be told to go. */
    public static final String STANDBY = "standby";
    /** The engine is being built. */
    public static final String BUILDING = "building";
    /** The engine is built. */
    public static final String READY = "ready";
    /** Number: an order is about to be placed. */
    public static final String PLACING = "placing";
    /** Number, order: it was accepted. */
    public static final String ACCEPTED = "accepted";
    /** Order, attempt, milliseconds since 1970: an INVITE leaves. */
    public static final String INVITE = "invite";
    /** Order, attempt, milliseconds since 1970: the far end knows the call as over. */
    public static final String OVER = "over";
    /** Order, attempt: it was closed because its engine was gone. */
    public static final String LOST = "lost";
    /** Order: its report was told. */
    public static final String REPORTED = "reported";
    /** Every order is settled and reported. */
    public static final String IDLE = "idle";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Said() {}

    public static void say(String word, Object... more) {
        StringBuilder line = new StringBuilder(word);
        for (Object each : more) {
            line.append(' ').append(each);
        }
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (OUT) {
                OUT.write(bytes);
            }
        } catch (IOException parentGone) {
            Runtime.getRuntime().halt(2);
        }
    }
}
