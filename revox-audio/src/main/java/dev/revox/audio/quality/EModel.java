package dev.revox.audio.quality;

/**
 * The E-model with everything at its default but packet loss and delay: an estimate of how a person would judge the line.
 *
 * <p>{@code R = 93.2 - Idd - Ie,eff}. No echo, no noise of rooms, no advantage of access. Loss is that of G.711 with concealment
 * (Ie 0, Bpl 25.1 of ITU-T G.113 Appendix I); the same is taken for every other codec, which have no such figures on this
 * scale of narrow-band telephony, so that a wide-band call is judged as if it were narrow.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> ITU-T G.107 §7.4, §7.5, Annex B.
 */
final class EModel {

    private static final double BEST = 93.2;
    private static final double ROBUSTNESS = 25.1;
    private static final double NO_DELAY_MS = 100;

    private EModel() {}

    /**
     * The transmission rating.
     *
     * @param missingShare of packets, 0 to 1
     * @param burstRatio how much longer runs of missing packets are than those of chance, at least 1
     * @param oneWayMs from mouth to ear
     */
    static double rating(double missingShare, double burstRatio, double oneWayMs) {
        double percent = 100 * missingShare;
        double loss = percent == 0 ? 0 : 95 * percent / (percent / Math.max(1, burstRatio) + ROBUSTNESS);
        return BEST - loss - delay(oneWayMs);
    }

    private static double delay(double oneWayMs) {
        if (oneWayMs <= NO_DELAY_MS) {
            return 0;
        }
        double x = Math.log(oneWayMs / NO_DELAY_MS) / Math.log(2);
        return 25 * (Math.pow(1 + Math.pow(x, 6), 1 / 6.0) - 3 * Math.pow(1 + Math.pow(x / 3, 6), 1 / 6.0) + 2);
    }

    /** Mean opinion score, 1 to 4.5. */
    static double score(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}
