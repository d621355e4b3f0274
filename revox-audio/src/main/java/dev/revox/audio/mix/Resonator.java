package dev.revox.audio.mix;

/**
 * A band-pass of second order with a gain of about one at its centre.
 *
 * <p><b>Thread:</b> Confined to its owner.
 */
final class Resonator {

    private double gain;
    private double first;
    private double second;
    private double inOne;
    private double inTwo;
    private double outOne;
    private double outTwo;

    /**
     * A band-pass.
     *
     * @param width of the band, as a share of its centre
     */
    Resonator(double centreHz, double width) {
        tune(centreHz, width);
    }

    /** Moves the band; what rings goes on ringing. */
    void tune(double centreHz, double width) {
        double turn = 2 * Math.PI * centreHz / Canvas.RATE_HZ;
        double alpha = Math.sin(turn) * width / 2;
        gain = alpha / (1 + alpha);
        first = 2 * Math.cos(turn) / (1 + alpha);
        second = (1 - alpha) / (1 + alpha);
    }

    double next(double in) {
        double out = gain * (in - inTwo) + first * outOne - second * outTwo;
        inTwo = inOne;
        inOne = in;
        outTwo = outOne;
        outOne = out;
        return out;
    }
}
