package dev.revox.bench.jmh;

import dev.revox.audio.echo.EchoSuppressor;
import dev.revox.audio.echo.Heard;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The echo of our own voice, per frame of 20 ms at 8 kHz: one frame sent and one heard.
 *
 * <p>{@code silent}: we say nothing. {@code quiet}: we speak and nothing comes back. {@code followed}: it comes back, 20 dB weaker. {@code
 * searched}: we speak, and so does somebody else on a line without any echo, which is the most work.
 */
@State(Scope.Thread)
public class EchoBenchmark {

    private static final int FRAME = 160;
    private static final int FRAMES = 500;
    private static final int DELAY = 960;

    @Param({"silent", "quiet", "followed", "searched"})
    public String line;

    private final EchoSuppressor suppressor = new EchoSuppressor();
    private final short[] sent = new short[FRAME];
    private short[] ours = new short[0];
    private short[] theirs = new short[0];
    private int frame;
    private long sampleTime;

    @Setup(Level.Trial)
    public void speak() {
        ours = line.equals("silent") ? new short[FRAMES * FRAME] : Sounds.babble(1, FRAMES * FRAME);
        short[] other = Sounds.babble(2, FRAMES * FRAME);
        theirs = new short[FRAMES * FRAME];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = switch (line) {
                case "silent", "searched" -> other[i];
                case "followed" -> (short) (ours[(i + theirs.length - DELAY) % theirs.length] / 10);
                default -> 0;
            };
        }
    }

    @Benchmark
    public Heard frame() {
        int at = frame * FRAME;
        frame = (frame + 1) % FRAMES;
        System.arraycopy(ours, at, sent, 0, FRAME);
        suppressor.sent(sent, FRAME, 8000);
        Heard heard = suppressor.judge(theirs, at, FRAME, 8000, sampleTime, false);
        sampleTime += FRAME;
        return heard;
    }
}
