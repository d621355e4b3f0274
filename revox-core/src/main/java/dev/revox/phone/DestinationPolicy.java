package dev.revox.phone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which costly or special kinds of numbers may be called. All of them are refused unless allowed.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record DestinationPolicy(Set<Kind> allowed) {

    /** A kind of number that costs more than people expect, or is no subscriber. */
    public enum Kind {
        PREMIUM_RATE("premium-rate"),
        SHARED_COST("shared-cost"),
        SATELLITE("satellite"),
        SHORT("short");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As it stands in messages. */
        public String label() {
            return label;
        }
    }

    public static final DestinationPolicy STRICT = new DestinationPolicy(Set.of());

    /** Inmarsat, Iridium and Globalstar, and the international networks whose numbers are mostly satellite or fraud. */
    private static final Set<Integer> SATELLITE_CODES = Set.of(870, 881, 882, 883);

    public DestinationPolicy {
        allowed = allowed.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(allowed));
    }

    public static DestinationPolicy allowing(Kind... kinds) {
        return new DestinationPolicy(Set.of(kinds));
    }

    /** The kind that keeps a number from being called; empty when it may be. */
    public Optional<Kind> refusal(PhoneNumber number) {
        return kind(number).filter(kind -> !allowed.contains(kind));
    }

    private static Optional<Kind> kind(PhoneNumber number) {
        return PhoneNumbers.plan(number).flatMap(DestinationPolicy::kind);
    }

    private static Optional<Kind> kind(Phonenumber.PhoneNumber plan) {
        if (SATELLITE_CODES.contains(plan.getCountryCode())) {
            return Optional.of(Kind.SATELLITE);
        }
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        return switch (plans.getNumberType(plan)) {
            case PREMIUM_RATE -> Optional.of(Kind.PREMIUM_RATE);
            case SHARED_COST -> Optional.of(Kind.SHARED_COST);
            case UNKNOWN ->
                ShortNumberInfo.getInstance().isValidShortNumber(plan) ? Optional.of(Kind.SHORT) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
