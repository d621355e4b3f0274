package dev.revox.audio.mouth;

import dev.revox.audio.resample.Resampler;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import org.jspecify.annotations.Nullable;

/**
 * One segment of agent speech on its way through the mouth: its samples at the segment's rate, converted to the line's, and
 * the count of what left.
 *
 * <p>The count is in microseconds of the segment's own media, added up from the frames that left, so it survives pauses and a
 * change of the line's rate.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class Utterance {

    private static final int MAX_FRAME_MS = 60;

    private final Segment segment;
    private final MediaFormat format;
    private final FrameSource source;

    /** Samples of the segment that were read but not converted yet. */
    private final short[] staged;

    private int stagedCount;

    /** Converted samples that did not fit the last frame. */
    private short[] converted = new short[0];

    private int convertedAt;
    private int convertedCount;

    private @Nullable Resampler resampler;
    private int lineRateHz;
    private boolean sourceEnded;
    private boolean announced;
    private long readSamples;
    private long microsAtEarlierRates;
    private long samplesAtThisRate;
    private long reportedMicros;

    public Utterance(Segment segment, MediaFormat format, FrameSource source, int expectedLineRateHz) {
        this.segment = segment;
        this.format = format;
        this.source = source;
        staged = new short[format.sampleRateHz() / 1000 * (MAX_FRAME_MS + 1)];
        if (expectedLineRateHz > 0) {
            useLineRate(expectedLineRateHz);
        }
    }

    private void useLineRate(int rateHz) {
        microsAtEarlierRates = playedMicros();
        samplesAtThisRate = 0;
        lineRateHz = rateHz;
        convertedCount = 0;
        if (rateHz == format.sampleRateHz()) {
            resampler = null;
        } else {
            Resampler fresh = new Resampler(format.sampleRateHz(), rateHz, staged.length);
            converted = new short[fresh.maxOut(staged.length) + 1];
            resampler = fresh;
        }
    }

    public long id() {
        return segment.id();
    }

    /** Microseconds of this segment's media that left. */
    public long playedMicros() {
        if (lineRateHz == 0) {
            return 0;
        }
        long played = microsAtEarlierRates + samplesAtThisRate * 1_000_000L / lineRateHz;
        return Math.min(played, format.microsOf(readSamples));
    }

    public boolean started() {
        return microsAtEarlierRates > 0 || samplesAtThisRate > 0;
    }

    /** True once, when the first samples have left. */
    public boolean takeStart() {
        if (announced || !started()) {
            return false;
        }
        announced = true;
        return true;
    }

    /** Everything the source had has left. */
    public boolean finished() {
        return sourceEnded && stagedCount == 0 && convertedCount == 0;
    }

    public long wholeMicros() {
        return format.microsOf(readSamples);
    }

    /** True once per 200 ms of played media. */
    public boolean progressDue(long everyMicros) {
        long played = playedMicros();
        if (played - reportedMicros < everyMicros) {
            return false;
        }
        reportedMicros = played - played % everyMicros;
        return true;
    }

    /**
     * Moves samples into a frame of the line.
     *
     * @return samples written; fewer than wanted when the source has ended or has nothing yet
     */
    public int read(short[] frame, int offset, int wanted, int rateHz) {
        if (rateHz != lineRateHz) {
            useLineRate(rateHz);
        }
        Resampler conversion = resampler;
        int done = 0;
        while (done < wanted) {
            if (convertedCount > 0) {
                int take = Math.min(convertedCount, wanted - done);
                System.arraycopy(converted, convertedAt, frame, offset + done, take);
                convertedAt += take;
                convertedCount -= take;
                done += take;
                continue;
            }
            int needed = inputFor(wanted - done);
            stage(needed);
            if (stagedCount == 0 || (stagedCount < needed && !sourceEnded)) {
                break;
            }
            int take = Math.min(stagedCount, needed);
            if (conversion == null) {
                System.arraycopy(staged, 0, frame, offset + done, take);
                done += take;
            } else {
                convertedAt = 0;
                convertedCount = conversion.process(staged, 0, take, converted, 0);
            }
            stagedCount -= take;
            System.arraycopy(staged, take, staged, 0, stagedCount);
        }
        samplesAtThisRate += done;
        return done;
    }

    /** Looks one frame ahead, so that the end of a segment is known when its last sample leaves. */
    public void lookAhead(int frameSamples) {
        if (lineRateHz != 0) {
            stage(inputFor(frameSamples));
        }
    }

    private int inputFor(int lineSamples) {
        int needed = (int) (((long) lineSamples * format.sampleRateHz() + lineRateHz - 1) / lineRateHz);
        return Math.min(staged.length, Math.max(1, needed));
    }

    private void stage(int needed) {
        while (!sourceEnded && stagedCount < needed) {
            int read = source.read(staged, stagedCount, needed - stagedCount);
            if (read < 0) {
                sourceEnded = true;
            } else if (read == 0) {
                return;
            } else {
                stagedCount += read;
                readSamples += read;
            }
        }
    }
}
