package dev.revox.audio.playout;

import dev.revox.audio.codec.PitchConcealment;
import dev.revox.audio.codec.noise.ComfortNoise;
import dev.revox.media.EarFrame;

/**
 * The ear of a person: frames come in as the network and the machine's ear let them, and exactly as much sound as is asked for
 * goes out, whenever it is asked for.
 *
 * <p>Sound is held back as long as 97 % of the last two seconds' frames need, at least 10 ms beyond the frame that is due, at most
 * 200 ms. Too little is mended within 100 ms by repeating a pitch period in each frame, too much in silence by leaving some of it
 * out, else a pitch period at a time. What is not there is made up from the last sound, and after that fades into comfort noise. Clocks
 * that drift apart are the same to it as delay that grows or shrinks.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Units:</b> samples at the buffer's rate.
 */
public final class PlayoutBuffer {

    /** What is late by no more than this share of what is waited for is worth its delay: thrown away, it would be heard as a gap. */
    private static final int HARDLY_LATE_SHARE = 20;

    private static final long NANOS_PER_MS = 1_000_000L;
    private static final long TOO_LITTLE_NANOS = 10 * NANOS_PER_MS;

    /** More than too little is: what ran empty once stays a little fuller. */
    private static final long TOO_MUCH_NANOS = 16 * NANOS_PER_MS;

    private static final long PATIENT_NANOS = 5000 * NANOS_PER_MS;
    private static final long HASTY_NANOS = 200 * NANOS_PER_MS;
    private static final int FADE_FROM_MS = 20;
    private static final int FADE_TO_MS = 60;
    private static final int GIVE_UP_MS = 120;
    private static final double QUIET_RMS = 60;
    private static final double QUIET_ABOVE_NOISE = 2;
    private static final double ALIKE = 0.7;

    private final int rateHz;
    private final SampleQueue queue;
    private final DelayTarget target = new DelayTarget();
    private final PitchConcealment concealment;
    private final ComfortNoise noise = new ComfortNoise();

    /** The stream's time right behind the last sample of the queue. */
    private long endTime;

    private long lastFrameTime;
    private int lastFrameSamples = 1;
    private boolean running;
    private int madeUpInARow;
    private int owed;
    private int settling;
    private long lastStretchNanos = -PATIENT_NANOS;
    private long heldNanos;

    /** Where in the frame that leaves the last frame of the stream begins that it needs. */
    private int place;

    private long corrections;
    private long madeUpSamples;
    private long droppedSamples;

    public PlayoutBuffer(int rateHz) {
        this.rateHz = rateHz;
        queue = new SampleQueue(rateHz);
        concealment = new PitchConcealment(rateHz);
    }

    /**
     * Takes a frame as an ear gives it out.
     *
     * @param sampleTime as of the ear, never going back
     * @param flags of {@link EarFrame}
     * @param thereNanos when it could have been heard: when the ear gave it out, or, where that ear gives up a hole when this
     *     buffer is {@link #hungry}, when its packet came
     */
    public void write(short[] pcm, int offset, int samples, long sampleTime, int flags, long thereNanos) {
        boolean concealed = (flags & EarFrame.CONCEALED) != 0;
        if (!concealed) {
            target.arrived(nanos(sampleTime), thereNanos);
        }
        boolean instead = concealed || isStraggler(samples, sampleTime, thereNanos);
        int skipped = instead ? Math.min(owed, samples) : 0;
        owed = instead ? owed - skipped : 0;
        if (!concealed) {
            noise.listen(pcm, offset, samples);
            lastFrameTime = sampleTime;
            lastFrameSamples = samples;
        } else {
            madeUpSamples += samples - skipped;
        }
        if (sampleTime != endTime && queue.level() > 0) {
            // What waits stands before a jump of the time: until it has left, its place says nothing about delay.
            settling = queue.level();
        }
        endTime = sampleTime + samples;
        droppedSamples += queue.write(pcm, offset + skipped, samples - skipped);
    }

    /** One frame, later than what is waited for, that was made up for meanwhile: to play it as well would delay all that follows. */
    private boolean isStraggler(int samples, long sampleTime, long thereNanos) {
        return owed > 0
                && owed <= samples
                && target.heldNanos(nanos(sampleTime), thereNanos)
                        > target.nanos() + target.nanos() / HARDLY_LATE_SHARE;
    }

    /** Takes note of sound that came too late to be given out: it counts for how long sound is held back. */
    public void missed(long sampleTime, long thereNanos) {
        target.arrived(nanos(sampleTime), thereNanos);
    }

    /** True when part of the frame that leaves next would have to be made up. */
    public boolean hungry(int samples) {
        return running && queue.level() < samples;
    }

    /** Fills a frame that leaves now. */
    public void read(short[] out, int offset, int samples, long nowNanos) {
        if (!running) {
            start(samples, nowNanos);
        }
        if (!running) {
            noise.fill(out, offset, samples);
            return;
        }
        if (settling > 0) {
            settling -= samples;
            takeOrMakeUp(out, offset, samples);
            return;
        }
        control(out, offset, samples, nowNanos);
    }

    private void start(int samples, long nowNanos) {
        if (queue.level() < samples || target.heldNanos(nanos(nextSampleTime()), nowNanos) < target.nanos()) {
            return;
        }
        running = true;
    }

    private void control(short[] out, int offset, int samples, long nowNanos) {
        long error = errorNanos(samples, nowNanos);
        if (queue.level() >= samples && error > 0 && heldNanos > DelayTarget.MAX_MS * NANOS_PER_MS) {
            int tooMuch = Math.min(samples(error), queue.level() - samples);
            droppedSamples += tooMuch;
            shift(out, offset, samples, tooMuch);
        } else if (queue.level() >= samples && error > TOO_MUCH_NANOS) {
            shift(out, offset, samples, shorter(samples, error, nowNanos));
        } else if (error < -TOO_LITTLE_NANOS) {
            shift(out, offset, samples, -longer(samples));
        } else {
            takeOrMakeUp(out, offset, samples);
        }
    }

    /** How much longer than wanted the last frame that is needed now was held back; 0 while none is needed. */
    private long errorNanos(int samples, long nowNanos) {
        long head = nextSampleTime();
        place = (int) Math.floorMod(lastFrameTime - head, (long) lastFrameSamples);
        if (place >= samples || queue.level() == 0) {
            return 0;
        }
        while (place + lastFrameSamples < samples) {
            place += lastFrameSamples;
        }
        heldNanos = target.heldNanos(nanos(head + place), nowNanos);
        return heldNanos - target.nanos();
    }

    /** What may be left out now, so that the frame that begins in this one leaves one frame sooner. */
    private int shorter(int samples, long error, long nowNanos) {
        boolean far = error > 2 * TOO_MUCH_NANOS;
        if (nowNanos - lastStretchNanos < (far ? HASTY_NANOS : PATIENT_NANOS)) {
            return 0;
        }
        lastStretchNanos = nowNanos;
        if (queue.rms(samples) <= Math.max(QUIET_RMS, QUIET_ABOVE_NOISE * noise.heardRms())) {
            return Math.min(place + 1 + (far ? samples : 0), queue.level() - samples);
        }
        int lag = queue.pitch(true, samples);
        return far || queue.likeness() >= ALIKE ? lag : 0;
    }

    private int longer(int samples) {
        // Whatever it sounds like: running empty would sound worse.
        int lag = queue.pitch(false, samples);
        return queue.level() >= samples - lag ? lag : 0;
    }

    private void shift(short[] out, int offset, int samples, int by) {
        if (by == 0) {
            takeOrMakeUp(out, offset, samples);
            return;
        }
        corrections++;
        queue.takeShifted(out, offset, samples, by);
        concealment.heard(out, offset, samples);
        madeUpInARow = 0;
    }

    private void takeOrMakeUp(short[] out, int offset, int samples) {
        int there = Math.min(samples, queue.level());
        if (there > 0) {
            queue.take(out, offset, there);
            concealment.heard(out, offset, there);
            madeUpInARow = 0;
        }
        if (there < samples) {
            makeUp(out, offset + there, samples - there);
        }
    }

    private void makeUp(short[] out, int offset, int samples) {
        concealment.conceal(out, offset, samples);
        noise.mix(out, offset, samples, fade(madeUpInARow), fade(madeUpInARow + samples));
        madeUpInARow += samples;
        madeUpSamples += samples;
        owed += samples;
        if (madeUpInARow > GIVE_UP_MS * rateHz / 1000) {
            running = false;
            owed = 0;
            concealment.reset();
        }
    }

    private double fade(int madeUp) {
        double ms = madeUp * 1000.0 / rateHz;
        return Math.max(0, Math.min(1, (ms - FADE_FROM_MS) / (FADE_TO_MS - FADE_FROM_MS)));
    }

    private long nanos(long samples) {
        return samples / rateHz * 1_000_000_000L + samples % rateHz * 1_000_000_000L / rateHz;
    }

    private int samples(long nanos) {
        return (int) (nanos / 1000 * rateHz / 1_000_000);
    }

    /** The stream's time of the sample that leaves next. */
    public long nextSampleTime() {
        return endTime - queue.level();
    }

    /** How long sound should be held back at present. */
    public long targetNanos() {
        return target.nanos();
    }

    /** How long the sound that left last was held back beyond the fastest way. */
    public long heldNanos() {
        return heldNanos;
    }

    /** Frames in which sound was left out or repeated. */
    public long corrections() {
        return corrections;
    }

    /** Samples of speech that were made up, here or by the ear. */
    public long madeUpSamples() {
        return madeUpSamples;
    }

    /** Samples that were thrown away because they were held back for too long. */
    public long droppedSamples() {
        return droppedSamples;
    }

    /** True while speech leaves, false while noise stands for it. */
    public boolean running() {
        return running;
    }
}
