package dev.revox.bench.clip;

import dev.revox.audio.wav.WavFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes the clips with the speech synthesiser espeak-ng and writes them with their labels. */
public final class Clips {

    private static final List<String> VOICES = List.of("en-gb", "en-us", "en-us+f3", "en-gb+m3", "en-gb-scotland+f2");
    private static final int[] WORDS_PER_MINUTE = {145, 165, 185};
    private static final int LEAD_SAMPLES = Clip.RATE_HZ / 2;
    private static final int NOISE = 4;
    private static final int HEADER_BYTES = 44;

    /** How long pauses between parts are, and how long the silence behind the last one. <b>Units:</b> ms. */
    public record Timing(int shortestPauseMs, int longestPauseMs, int trailMs) {

        /** Pauses that people make within a turn. */
        public static final Timing OF_TURNS = new Timing(250, 1500, 3000);

        /** A question, and then, while it is being answered, something over the answer. */
        public static final Timing OF_OVERLAPS = new Timing(2200, 3200, 7000);
    }

    private final Path folder;
    private final Timing timing;
    private final Random random;

    public Clips(Path folder, long seed, Timing timing) {
        this.folder = folder;
        this.timing = timing;
        random = new Random(seed);
    }

    public List<Clip> make(List<CallerTurn> turns) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<Clip> clips = new ArrayList<>();
        for (CallerTurn turn : turns) {
            Clip clip = speak(clips.size() + 1, turn);
            write(clip);
            clips.add(clip);
        }
        return clips;
    }

    private Clip speak(int number, CallerTurn turn) throws IOException, InterruptedException {
        String voice = VOICES.get(number % VOICES.size());
        int rate = WORDS_PER_MINUTE[random.nextInt(WORDS_PER_MINUTE.length)];
        List<short[]> sounds = new ArrayList<>();
        List<Clip.Part> parts = new ArrayList<>();
        int at = LEAD_SAMPLES;
        for (String text : turn.parts()) {
            if (!parts.isEmpty()) {
                int pauseMs = random.nextInt(timing.shortestPauseMs(), timing.longestPauseMs() + 1);
                at += pauseMs * (Clip.RATE_HZ / 1000);
            }
            boolean noise = text.isBlank();
            short[] sound = noise ? NoiseBursts.burst(random) : espeak(voice, rate, text);
            sounds.add(sound);
            parts.add(new Clip.Part(at, at + sound.length, text));
            at += sound.length;
        }
        short[] pcm = new short[at + timing.trailMs() * (Clip.RATE_HZ / 1000)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) random.nextInt(-NOISE, NOISE + 1);
        }
        for (int i = 0; i < sounds.size(); i++) {
            System.arraycopy(sounds.get(i), 0, pcm, parts.get(i).start(), sounds.get(i).length);
        }
        return new Clip(number, turn.kind(), pcm, List.copyOf(parts));
    }

    /** What espeak-ng would spell, in its own phonemes. */
    private static String spoken(String text) {
        return text.replace("mm-hm", "[[@mh'@m]]");
    }

    /** So that the labels are exact, the silence around the words is cut away. */
    private short[] espeak(String voice, int rate, String text) throws IOException, InterruptedException {
        Path file = folder.resolve("part.wav");
        Process process = new ProcessBuilder(
                        "espeak-ng", "-v", voice, "-s", Integer.toString(rate), "-w", file.toString(), spoken(text))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("espeak-ng could not speak with the voice " + voice);
        }
        WavFile wav = WavFile.read(file);
        Files.delete(file);
        short[] spoken = wav.samples()[0];
        return trimmed(resampled(spoken, wav.sampleRateHz()));
    }

    /** Straight lines between neighbours that were evened out a little: espeak-ng has hardly anything above 8 kHz. */
    private static short[] resampled(short[] spoken, int rateHz) {
        short[] pcm = new short[(int) ((spoken.length - 3) * (long) Clip.RATE_HZ / rateHz)];
        for (int i = 0; i < pcm.length; i++) {
            double at = i * (double) rateHz / Clip.RATE_HZ;
            int left = (int) at;
            double even = (spoken[left] + 2.0 * spoken[left + 1] + spoken[left + 2]) / 4;
            double next = (spoken[left + 1] + 2.0 * spoken[left + 2] + spoken[left + 3]) / 4;
            pcm[i] = (short) (even + (at - left) * (next - even));
        }
        return pcm;
    }

    private static short[] trimmed(short[] pcm) {
        int length = pcm.length;
        int peak = 0;
        for (int i = 0; i < length; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        int floor = peak / 100;
        int first = 0;
        while (first < length && Math.abs(pcm[first]) < floor) {
            first++;
        }
        int last = length;
        while (last > first && Math.abs(pcm[last - 1]) < floor) {
            last--;
        }
        return Arrays.copyOfRange(pcm, first, last);
    }

    private void write(Clip clip) throws IOException {
        String name = String.format(Locale.ROOT, "testset-audio-%02d", clip.number());
        StringBuilder labels = new StringBuilder(name);
        StringBuilder json = new StringBuilder("{\"kind\":\"" + clip.kind() + "\",\"parts\":[");
        double end = 0;
        for (Clip.Part part : clip.parts()) {
            double start = part.start() / (double) Clip.RATE_HZ;
            labels.append(String.format(Locale.ROOT, ",%.4f,%.4f,0", end, start));
            json.append(end == 0 ? "" : ",");
            end = part.end() / (double) Clip.RATE_HZ;
            labels.append(String.format(Locale.ROOT, ",%.4f,%.4f,1", start, end));
            json.append(String.format(
                    Locale.ROOT, "{\"start\":%.4f,\"end\":%.4f,\"text\":\"%s\"}", start, end, part.text()));
        }
        labels.append(String.format(Locale.ROOT, ",%.4f,%.4f,0%n", end, clip.lengthMs() / 1000));
        Files.writeString(folder.resolve(name + ".scv"), labels);
        Files.writeString(folder.resolve(name + ".json"), json.append("]}"));
        Files.write(folder.resolve(name + ".wav"), wav(clip.pcm()));
    }

    private static byte[] wav(short[] pcm) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + 2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(HEADER_BYTES - 8 + 2 * pcm.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(Clip.RATE_HZ).putInt(2 * Clip.RATE_HZ).putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * pcm.length);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }
}
