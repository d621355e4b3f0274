package dev.revox.sip.fuzz;

import dev.revox.time.SystemTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Wrong inputs made from right ones, the same for the same seed, for as long as a run shall last.
 *
 * <p>A run lasts {@value #USUAL_SECONDS} s. The system property {@code revox.fuzz.seconds} makes it longer, and {@code
 * revox.fuzz.seed} another one.
 *
 * <p><b>Thread:</b> Confined to its test.
 */
public final class Mutations implements AutoCloseable {

    private static final int USUAL_SECONDS = 3;
    private static final long USUAL_SEED = 20_260_713L;
    private static final int LONGEST_BYTES = 65_000;

    /** What parsers stumble over: limits of number types, ends of text, syntax of the three protocols. */
    private static final List<String> SPLINTERS = List.of(
            "0",
            "-1",
            "2147483647",
            "2147483648",
            "4294967296",
            "99999999999999999999",
            "\r\n",
            "\n",
            "\r\n\r\n",
            "\0",
            "\u00ff",
            "%",
            "%00",
            "%%%",
            "<",
            ">",
            "\"",
            "\\",
            ";",
            ";;",
            ",",
            ",,,",
            ":",
            "@",
            "@@",
            "[::",
            "sip:",
            "tel:+",
            "SIP/2.0",
            "a=rtpmap:",
            "m=audio 0 RTP/AVP",
            "\t",
            " ",
            "=",
            "\u202e",
            "()",
            "(((((((((");

    private final SystemTime time = SystemTime.start();
    private final long seed = Long.getLong("revox.fuzz.seed", USUAL_SEED);
    private final Random random = new Random(seed);
    private final long endNanos = time.nanoTime()
            + Duration.ofSeconds(Integer.getInteger("revox.fuzz.seconds", USUAL_SECONDS))
                    .toNanos();
    private long rounds;

    /** True while there is time for one more round. */
    public boolean goOn() {
        rounds++;
        return time.nanoTime() < endNanos;
    }

    /** For messages: how to have this run again. */
    public String where() {
        return "seed " + seed + ", round " + rounds;
    }

    public long rounds() {
        return rounds;
    }

    public Random random() {
        return random;
    }

    public byte[] of(String original) {
        return of(original.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] of(byte[] original) {
        byte[] bytes = original;
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            bytes = changed(bytes);
        }
        return bytes.length > LONGEST_BYTES ? Arrays.copyOf(bytes, LONGEST_BYTES) : bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return splinter();
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, random.nextInt(1, 60));
        return switch (random.nextInt(8)) {
            case 0 -> with(bytes, at, (byte) random.nextInt(256));
            case 1 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 2 -> spliced(bytes, at, length, new byte[0]);
            case 3 -> spliced(bytes, at, 0, splinter());
            case 4 -> spliced(bytes, at, length, splinter());
            case 5 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 6 -> spliced(bytes, at, 0, repeated(bytes[at], 1 << random.nextInt(14)));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private byte[] splinter() {
        return SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeated(byte value, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + inserted.length);
        out.write(bytes, 0, at);
        out.write(inserted, 0, inserted.length);
        out.write(bytes, at + removed, bytes.length - at - removed);
        return out.toByteArray();
    }

    @Override
    public void close() {
        time.close();
    }
}
