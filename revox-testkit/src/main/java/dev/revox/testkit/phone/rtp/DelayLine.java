package dev.revox.testkit.phone.rtp;

import java.util.Arrays;

/**
 * The way of an echo through a telephone: what the ear heard comes to the mouth, later and weaker. When packets are late so is the echo.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class DelayLine {

    private final double gain;
    private short[] waiting;
    private boolean running;

    DelayLine(EchoPlan plan) {
        gain = Math.pow(10, -plan.returnLossDb() / 20);
        waiting = new short[(int) (8 * plan.delay().toMillis())];
    }

    synchronized void hear(short[] pcm) {
        running = true;
        int before = waiting.length;
        waiting = Arrays.copyOf(waiting, before + pcm.length);
        System.arraycopy(pcm, 0, waiting, before, pcm.length);
    }

    /** Speech with its echo. */
    synchronized short[] over(short[] said) {
        if (!running || waiting.length < said.length) {
            return said;
        }
        short[] sum = said.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (short) Math.clamp(Math.round(sum[i] + gain * waiting[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        waiting = Arrays.copyOfRange(waiting, said.length, waiting.length);
        return sum;
    }
}
