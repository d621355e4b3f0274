package dev.revox.bench.clip;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.resample.Resampler;

/** A line that brings a clip as PCMU, 20 ms a frame, each when its last sample was spoken. */
final class ClipWire implements FrameTransport {

    private static final int LINE_RATE_HZ = 8000;
    private static final int FRAME = 160;
    /** Of a µ-law octet, once its bits are turned round. */
    private static final int LOUDNESS = 0x7F;

    private static final int FAINT = 0x20;
    private static final long FRAME_NANOS = 20_000_000L;

    private final short[] pcm;
    private final int samples;
    private final FrameEncoder encoder = Codecs.encoder("PCMU");
    private final byte[] payload = new byte[FRAME];
    private final long startNanos;
    private final ClipCall.Watcher watcher;
    private int frames;

    ClipWire(Clip clip, long startNanos, ClipCall.Watcher watcher) {
        this.watcher = watcher;
        this.startNanos = startNanos;
        Resampler resampler = new Resampler(Clip.RATE_HZ, LINE_RATE_HZ, clip.pcm().length);
        pcm = new short[resampler.maxOut(clip.pcm().length)];
        samples = resampler.process(clip.pcm(), 0, clip.pcm().length, pcm, 0);
    }

    @Override
    public void poll(long nowNanos, Inlet inlet) {
        while (startNanos + (frames + 1) * FRAME_NANOS <= nowNanos && (frames + 1) * FRAME <= samples) {
            int length = encoder.encode(pcm, frames * FRAME, FRAME, payload, 0);
            inlet.onFrame(1, frames + 1, (long) frames * FRAME, payload, 0, length, nowNanos);
            frames++;
        }
    }

    @Override
    public boolean takesVoice() {
        return true;
    }

    @Override
    public void send(byte[] bytes, int offset, int length, long nowNanos) {
        boolean voiced = false;
        for (int i = offset; i < offset + length && !voiced; i++) {
            int loudness = ~bytes[i] & LOUDNESS;
            voiced = loudness > FAINT;
        }
        watcher.sent(voiced, nowNanos);
    }

    @Override
    public void pass(int count, long nowNanos) {
        watcher.sent(false, nowNanos);
    }
}
