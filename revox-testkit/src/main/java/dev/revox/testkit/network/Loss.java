package dev.revox.testkit.network;

/**
 * How packets get lost.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Loss {

    /** Each packet with the same probability, whatever happened to those before. */
    record Independent(double probability) implements Loss {
        public Independent {
            requireProbability(probability, "probability");
        }
    }

    /**
     * Bursts: a chain of two states with a loss of its own in each.
     *
     * @param toBad probability per packet that a good line turns bad
     * @param toGood probability per packet that a bad line turns good again; its inverse is the mean length of a burst
     */
    record GilbertElliott(double toBad, double toGood, double lossWhileGood, double lossWhileBad) implements Loss {
        public GilbertElliott {
            requireProbability(toBad, "toBad");
            requireProbability(toGood, "toGood");
            requireProbability(lossWhileGood, "lossWhileGood");
            requireProbability(lossWhileBad, "lossWhileBad");
        }

        /** The share of packets that such a line loses in the long run. */
        public double mean() {
            double bad = toBad + toGood == 0 ? 0 : toBad / (toBad + toGood);
            return bad * lossWhileBad + (1 - bad) * lossWhileGood;
        }
    }

    private static void requireProbability(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be within 0..1, was " + value);
        }
    }
}
