package dev.revox.bench.opus;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.wav.WavFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor time per frame of 20 ms of recorded speech at 16 kHz, ours and libopus by turns. opusenc reads 16 kHz as it is and works
 * at the complexity that ours has; opusdec decodes at 48 kHz, which is what it always does, and resamples to 16 kHz.
 */
public final class OpusHarness {
    private static final int ROUNDS = 5;
    private static final int TIMES = 10;
    private static final int RATE_HZ = 16_000;
    private static final int FRAME = RATE_HZ / 50;
    private static final int COMPLEXITY = 5;
    private static final int MAX_BYTES = 1275;
    private static final Pattern CHILDREN_TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    private OpusHarness() {}

    /** Measures and prints one table. */
    public static void run(PrintStream out) throws IOException, InterruptedException {
        short[] once = WavFile.read(Path.of(System.getenv("REVOX_TESTDATA"), "audio", "speech-16k.wav"))
                .samples()[0];
        short[] speech = new short[once.length / FRAME * FRAME * TIMES];
        for (int i = 0; i < TIMES; i++) {
            System.arraycopy(once, 0, speech, once.length / FRAME * FRAME * i, once.length / FRAME * FRAME);
        }
        int frames = speech.length / FRAME;
        Path folder = Files.createTempDirectory("revox-opus");
        Path raw = folder.resolve("speech.raw");
        ByteBuffer bytes = ByteBuffer.allocate(2 * speech.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(speech);
        Files.write(raw, bytes.array());
        Path coded = folder.resolve("speech.opus");
        String encode = "opusenc --quiet --raw --raw-rate " + RATE_HZ
                + " --raw-chan 1 --bitrate 24 --expect-loss 5 --comp " + COMPLEXITY + " " + raw + " " + coded;
        String decode = "opusdec --quiet --rate " + RATE_HZ + " " + coded + " " + folder.resolve("speech.out.raw");
        List<byte[]> packets = new ArrayList<>();
        List<Double> ratiosEncode = new ArrayList<>();
        List<Double> ratiosDecode = new ArrayList<>();
        double[] best = new double[4];
        for (int round = 0; round <= ROUNDS; round++) {
            packets.clear();
            double ourEncode = ours(() -> encode(speech, packets)) / frames;
            double theirEncode = theirs(encode) / frames;
            double ourDecode = ours(() -> decode(packets)) / frames;
            double theirDecode = theirs(decode) / frames;
            // The first round was for the compiler and the disk.
            if (round > 0) {
                ratiosEncode.add(ourEncode / theirEncode);
                ratiosDecode.add(ourDecode / theirDecode);
                best = new double[] {ourEncode, theirEncode, ourDecode, theirDecode};
            }
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        out.println("| frame of 20 ms of speech at 16 kHz | ours us | libopus us | ratio, median of " + ROUNDS
                + " | min | max | goal |");
        out.println("|---|---|---|---|---|---|---|");
        print(out, "encode", best[0], best[1], ratiosEncode, "<= 2.5");
        print(out, "decode", best[2], best[3], ratiosDecode, "<= 2");
    }

    private static void print(
            PrintStream out, String what, double ours, double theirs, List<Double> ratios, String goal) {
        List<Double> sorted = ratios.stream().sorted(Comparator.naturalOrder()).toList();
        out.printf(
                "| %s | %.1f | %.1f | %.2f | %.2f | %.2f | %s |%n",
                what, ours, theirs, sorted.get(ROUNDS / 2), sorted.getFirst(), sorted.getLast(), goal);
    }

    private static void encode(short[] speech, List<byte[]> packets) {
        try (FrameEncoder encoder = Codecs.encoder("opus")) {
            byte[] packet = new byte[MAX_BYTES];
            for (int at = 0; at < speech.length; at += FRAME) {
                int length = encoder.encode(speech, at, FRAME, packet, 0);
                packets.add(Arrays.copyOf(packet, Math.max(0, length)));
            }
        }
    }

    private static void decode(List<byte[]> packets) {
        try (FrameDecoder decoder = Codecs.decoder("opus")) {
            short[] pcm = new short[RATE_HZ / 1000 * FrameDecoder.MAX_PACKET_MS];
            for (byte[] packet : packets) {
                int unused = decoder.decode(packet, 0, packet.length, pcm, 0);
            }
        }
    }

    /** Microseconds of this thread. */
    private static double ours(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3;
    }

    /** Microseconds of a program, as the shell counts them. */
    private static double theirs(String command) throws InterruptedException {
        try {
            Process shell = new ProcessBuilder("bash", "-c", command + " >/dev/null 2>&1 && times")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher times = CHILDREN_TIMES.matcher(said);
            if (shell.waitFor() != 0 || !times.find()) {
                throw new IllegalStateException("install the Debian package opus-tools; bash said: " + said);
            }
            return 1e6 * (seconds(times, 1) + seconds(times, 3));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static double seconds(Matcher times, int group) {
        return 60 * Integer.parseInt(times.group(group)) + Double.parseDouble(times.group(group + 1));
    }
}
