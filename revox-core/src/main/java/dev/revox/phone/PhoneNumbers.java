package dev.revox.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads telephone numbers and knows what the numbering plans say of them.
 *
 * <p>Only ASCII digits, blanks, hyphens, dots and parentheses may follow the {@code +}, so nothing but digits ever reaches a SIP
 * header.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class PhoneNumbers {

    /** Longer texts are refused before anything looks at them. */
    private static final int MAX_TEXT_CHARS = 64;

    private static final Pattern WRITTEN = Pattern.compile("\\+[0-9 .()-]+");
    private static final Pattern SEPARATORS = Pattern.compile("[ .()-]");

    private PhoneNumbers() {}

    /**
     * Reads a number with its country code, as people write it.
     *
     * @throws InvalidPhoneNumberException when it cannot be a number
     */
    public static PhoneNumber parse(String text) {
        if (!text.startsWith("+")) {
            throw new InvalidPhoneNumberException("must start with + and the country code, such as +14155550100");
        }
        if (text.length() > MAX_TEXT_CHARS || !WRITTEN.matcher(text).matches()) {
            throw new InvalidPhoneNumberException(
                    "may hold only digits, blanks, hyphens, dots and parentheses after the +, such as +1 (415) 555-0100");
        }
        String digits = SEPARATORS.matcher(text).replaceAll("");
        try {
            PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
            Phonenumber.PhoneNumber parsed = plans.parse(digits, null);
            String e164 = plans.format(parsed, PhoneNumberFormat.E164);
            if (!plans.isPossibleNumber(parsed) || e164.length() < 4 || e164.length() > 16) {
                throw new InvalidPhoneNumberException("has too few or too many digits for its country code");
            }
            return PhoneNumber.of(e164);
        } catch (NumberParseException unreadable) {
            throw new InvalidPhoneNumberException("has no known country code or too few digits");
        }
    }

    /** True when the numbering plan has the number; its data lags behind the real plans. */
    public static boolean isValid(PhoneNumber number) {
        return plan(number).filter(PhoneNumberUtil.getInstance()::isValidNumber).isPresent();
    }

    /** True when the number's length fits its country code. */
    public static boolean isPossible(PhoneNumber number) {
        return plan(number)
                .filter(PhoneNumberUtil.getInstance()::isPossibleNumber)
                .isPresent();
    }

    /** The ISO 3166 region of a valid number; empty for others and for networks that belong to no region. */
    public static Optional<String> region(PhoneNumber number) {
        return plan(number)
                .map(PhoneNumberUtil.getInstance()::getRegionCodeForNumber)
                .filter(code -> code.length() == 2);
    }

    /**
     * The ISO 3166 regions that a number may belong to: its own when it is valid, else all that share its country code; empty
     * without a known country code.
     */
    public static Set<String> possibleRegions(PhoneNumber number) {
        Optional<String> region = region(number);
        if (region.isPresent()) {
            return Set.of(region.get());
        }
        return plan(number)
                .map(plan ->
                        Set.copyOf(PhoneNumberUtil.getInstance().getRegionCodesForCountryCode(plan.getCountryCode())))
                .orElse(Set.of());
    }

    /** Loads the numbering plans and zones, about 0.1 s on first use: an engine does it at its start. */
    public static void warmUp() {
        PhoneNumber sample = PhoneNumber.of("+12125550100");
        if (!isValid(sample)) {
            throw new IllegalStateException("the numbering plans on the class path are damaged");
        }
        RecipientZones unused = RecipientZones.of(sample);
    }

    static Optional<Phonenumber.PhoneNumber> plan(PhoneNumber number) {
        return DialPlan.of(number);
    }
}
