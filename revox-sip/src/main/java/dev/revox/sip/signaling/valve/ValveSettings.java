package dev.revox.sip.signaling.valve;

/**
 * How many messages are read from whom.
 *
 * <p>Known are the trunks, the addresses that are let in, and every host that a request of ours went to within the last hour.
 * All others are strangers, who get nothing but a 403 and no more of them than this.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param knownPerSecond messages read per second from one known address; one that takes longer than 100 us to read counts for
 *     as many as would fit into its time
 * @param knownBurst so many at once beyond that
 * @param strangerPerSecond messages read, and thereby answered, per second from one unknown address; 0 to answer none
 * @param allStrangersPerSecond the same for all unknown addresses together
 * @param maxCalls calls at a time, in and out, beyond which new incoming ones get 503; 0 for no limit
 */
public record ValveSettings(
        double knownPerSecond, int knownBurst, double strangerPerSecond, double allStrangersPerSecond, int maxCalls) {

    /** 1000 per second and 2000 at once from each known address; 2 from a stranger, 20 from all strangers; 1000 calls. */
    public static final ValveSettings DEFAULT = new ValveSettings(1_000, 2_000, 2, 20, 1_000);

    public ValveSettings {
        requireRate("knownPerSecond", knownPerSecond, 1);
        requireRate("strangerPerSecond", strangerPerSecond, 0);
        requireRate("allStrangersPerSecond", allStrangersPerSecond, 0);
        if (maxCalls < 0) {
            throw new IllegalArgumentException("maxCalls must not be negative, was " + maxCalls);
        }
        if (knownBurst < 1 || knownBurst > 1_000_000) {
            throw new IllegalArgumentException("knownBurst must be within 1..1000000, was " + knownBurst);
        }
    }

    /** So many calls at a time, in and out, before new incoming ones are turned away. */
    public ValveSettings maxCalls(int most) {
        return new ValveSettings(knownPerSecond, knownBurst, strangerPerSecond, allStrangersPerSecond, most);
    }

    private static void requireRate(String name, double perSecond, double least) {
        if (!(perSecond >= least && perSecond <= 1_000_000)) {
            throw new IllegalArgumentException(
                    name + " must be within " + (long) least + "..1000000 per second, was " + perSecond);
        }
    }

    /** Strangers get no answer at all. */
    public ValveSettings silentToStrangers() {
        return new ValveSettings(knownPerSecond, knownBurst, 0, 0, maxCalls);
    }

    /** Another budget for each known address. */
    public ValveSettings known(double perSecond, int burst) {
        return new ValveSettings(perSecond, burst, strangerPerSecond, allStrangersPerSecond, maxCalls);
    }

    /** Another budget for strangers. */
    public ValveSettings strangers(double perSecond, double allPerSecond) {
        return new ValveSettings(knownPerSecond, knownBurst, perSecond, allPerSecond, maxCalls);
    }
}
