package dev.revox.bench.opus;

import com.sun.management.ThreadMXBean;
import dev.revox.audio.codec.opus.OpusDecoding;
import dev.revox.audio.codec.opus.OpusEncoding;
import dev.revox.audio.codec.opus.OpusLibrary;
import dev.revox.audio.codec.opus.OpusVoice;
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
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor time per frame of 20 ms of recorded speech at 16 kHz: Concentus, libopus through the Foreign Function API and the programs
 * of opus-tools, which are libopus called from C, by turns. opusenc reads 16 kHz as it is and works at the complexity that ours have;
 * all leave out redundancy, which opusenc cannot make, but for the last row, which is what a call does;
 * opusdec decodes at 48 kHz, which is what it always does, and resamples to 16 kHz.
 */
public final class OpusHarness {
    private static final int ROUNDS = 5;
    private static final int TIMES = 10;
    private static final int RATE_HZ = 16_000;
    private static final int FRAME = RATE_HZ / 50;
    private static final int COMPLEXITY = 5;
    private static final int CALL_LOSS_PERCENT = 5;
    private static final int BITS_PER_SECOND = 26_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
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
                + " --raw-chan 1 --bitrate 26 --expect-loss 0 --comp " + COMPLEXITY + " " + raw + " " + coded;
        String decode = "opusdec --quiet --rate " + RATE_HZ + " " + coded + " " + folder.resolve("speech.out.raw");
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(OpusLibrary.concentus(), frames, 0, "<= 2.5", "<= 2"));
        OpusLibrary.libopus().ifPresent(library -> {
            sides.add(new Side(library, frames, 0, "<= 1.1", "<= 1.1"));
            sides.add(new Side(library, frames, CALL_LOSS_PERCENT, "-", "-"));
        });
        for (int round = 0; round <= ROUNDS; round++) {
            double theirEncode = theirs(encode) / frames;
            double theirDecode = theirs(decode) / frames;
            for (Side side : sides) {
                side.round(speech, theirEncode, theirDecode);
                if (round == 0) {
                    // The first round was for the compiler and the disk.
                    side.forget();
                }
            }
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        out.println("| frame of 20 ms of speech at 16 kHz | ours us | opus-tools us | ratio, median of " + ROUNDS
                + " | min | max | goal | B per frame |");
        out.println("|---|---|---|---|---|---|---|---|");
        sides.forEach(side -> side.print(out));
        if (sides.size() == 1) {
            out.println("libopus through the Foreign Function API: " + OpusLibrary.libopusProblem());
        }
    }

    /** What one library took in all rounds. */
    private static final class Side {
        private final OpusLibrary library;
        private final int lossPercent;
        private final String encodeGoal;
        private final String decodeGoal;
        private final int[] lengths;
        private final byte[] packets;
        private final short[] pcm = new short[FRAME];
        private final List<Double> encodeRatios = new ArrayList<>();
        private final List<Double> decodeRatios = new ArrayList<>();
        private Cost encode = new Cost(0, 0);
        private Cost decode = new Cost(0, 0);
        private double theirEncode;
        private double theirDecode;

        Side(OpusLibrary library, int frames, int lossPercent, String encodeGoal, String decodeGoal) {
            lengths = new int[frames];
            packets = new byte[frames * OpusEncoding.MAX_BYTES];
            this.library = library;
            this.lossPercent = lossPercent;
            this.encodeGoal = encodeGoal;
            this.decodeGoal = decodeGoal;
        }

        void round(short[] speech, double theirEncode, double theirDecode) {
            this.theirEncode = theirEncode;
            this.theirDecode = theirDecode;
            try (OpusEncoding encoder =
                    library.encoder(new OpusVoice(RATE_HZ, BITS_PER_SECOND, COMPLEXITY, lossPercent, false))) {
                encode = cost(lengths.length, n -> encodeFrame(encoder, speech, n));
            }
            try (OpusDecoding decoder = library.decoder(RATE_HZ)) {
                decode = cost(lengths.length, n -> decodeFrame(decoder, n));
            }
            encodeRatios.add(encode.micros() / theirEncode);
            decodeRatios.add(decode.micros() / theirDecode);
        }

        void forget() {
            encodeRatios.clear();
            decodeRatios.clear();
        }

        private void encodeFrame(OpusEncoding encoder, short[] speech, int n) {
            lengths[n] = encoder.encode(speech, n * FRAME, FRAME, packets, n * OpusEncoding.MAX_BYTES);
        }

        private void decodeFrame(OpusDecoding decoder, int n) {
            int unused = decoder.decode(packets, n * OpusEncoding.MAX_BYTES, lengths[n], pcm, 0, FRAME, false);
        }

        void print(PrintStream out) {
            print(out, "encode", encode, theirEncode, encodeRatios, encodeGoal);
            print(out, "decode", decode, theirDecode, decodeRatios, decodeGoal);
        }

        private void print(PrintStream out, String what, Cost ours, double theirs, List<Double> ratios, String goal) {
            List<Double> sorted =
                    ratios.stream().sorted(Comparator.naturalOrder()).toList();
            out.printf(
                    "| %s, %s | %.1f | %.1f | %.2f | %.2f | %.2f | %s | %d |%n",
                    lossPercent == 0 ? library.name() : library.name() + " with redundancy",
                    what,
                    ours.micros(),
                    theirs,
                    sorted.get(ROUNDS / 2),
                    sorted.getFirst(),
                    sorted.getLast(),
                    goal,
                    ours.bytes());
        }
    }

    /** Of one frame. */
    private record Cost(double micros, long bytes) {}

    /** Processor time and allocation of this thread. */
    private static Cost cost(int frames, IntConsumer frame) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < frames; i++) {
            frame.accept(i);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - before;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        return new Cost(nanos / 1e3 / frames, bytes / frames);
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
