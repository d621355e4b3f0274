package dev.revox.sip.sdes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One leg's half of the exchange of keys.
 *
 * <p>Our key for a suite stays the same for the whole call, so that a re-INVITE that only holds or moves the other side does not
 * change how we encrypt; the other side may change its key with any offer or answer.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 4568 §5.1, §7.1.
 */
public final class KeyExchange {

    /**
     * What an answer says and what it agrees.
     *
     * @param line the value of the answer's {@code a=crypto}
     */
    public record Agreed(String line, SrtpKeys keys) {

        /** The line holds our key. */
        @Override
        public String toString() {
            return "Agreed(" + keys.ours().suite() + ")";
        }
    }

    private final MediaEncryption policy;
    private final RandomGenerator random;
    private final Map<SrtpSuite, SrtpKey> ours = new EnumMap<>(SrtpSuite.class);

    /**
     * Begins.
     *
     * @param random a secure source
     */
    public KeyExchange(MediaEncryption policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    public MediaEncryption policy() {
        return policy;
    }

    private SrtpKey ourKey(SrtpSuite suite) {
        return ours.computeIfAbsent(suite, wanted -> SrtpKey.random(wanted, random));
    }

    /** The values of our offer's {@code a=crypto} lines, the preferred first; none when nothing is to be encrypted. */
    public List<String> offer() {
        List<String> lines = new ArrayList<>();
        if (policy != MediaEncryption.OFF) {
            for (SrtpSuite suite : SrtpSuite.values()) {
                lines.add(new CryptoAttribute(suite.offerTag(), ourKey(suite)).line());
            }
        }
        return lines;
    }

    /** What an answer to our offer agrees; empty when it takes up none of our lines. */
    public Optional<SrtpKeys> accept(List<String> lines) {
        for (String line : lines) {
            Optional<CryptoAttribute> theirs = CryptoAttribute.parse(line);
            if (policy != MediaEncryption.OFF
                    && theirs.isPresent()
                    && theirs.get().tag() == theirs.get().key().suite().offerTag()) {
                return Optional.of(new SrtpKeys(
                        ourKey(theirs.get().key().suite()), theirs.get().key()));
            }
        }
        return Optional.empty();
    }

    /** Our answer to an offer with these lines: the first that we can do, by its tag; empty when there is none. */
    public Optional<Agreed> answer(List<String> lines) {
        for (String line : lines) {
            Optional<CryptoAttribute> theirs = CryptoAttribute.parse(line);
            if (policy != MediaEncryption.OFF && theirs.isPresent()) {
                SrtpKey mine = ourKey(theirs.get().key().suite());
                String answer = new CryptoAttribute(theirs.get().tag(), mine).line();
                return Optional.of(
                        new Agreed(answer, new SrtpKeys(mine, theirs.get().key())));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "KeyExchange(" + policy + ")";
    }
}
