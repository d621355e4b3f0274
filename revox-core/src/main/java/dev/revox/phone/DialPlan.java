package dev.revox.phone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;

/**
 * An E.164 number taken apart into country code and national number, as the numbering plans want it. A number in E.164 form needs
 * no parser that understands what people write, which costs twenty times as much.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class DialPlan {
    private static final int LONGEST_COUNTRY_CODE = 3;
    private static final int SHORTEST_NATIONAL_NUMBER = 2;
    private static final boolean[] COUNTRY_CODES = countryCodes();

    private DialPlan() {}

    /** Empty when no country has the number, or too little of it is left behind the country code. */
    static Optional<Phonenumber.PhoneNumber> of(PhoneNumber number) {
        String e164 = number.e164();
        int countryCode = 0;
        for (int end = 1; end <= LONGEST_COUNTRY_CODE && end + SHORTEST_NATIONAL_NUMBER <= e164.length() - 1; end++) {
            countryCode = countryCode * 10 + (e164.charAt(end) - '0');
            if (COUNTRY_CODES[countryCode]) {
                return Optional.of(plan(countryCode, e164.substring(end + 1)));
            }
        }
        return Optional.empty();
    }

    private static Phonenumber.PhoneNumber plan(int countryCode, String national) {
        Phonenumber.PhoneNumber plan =
                new Phonenumber.PhoneNumber().setCountryCode(countryCode).setNationalNumber(Long.parseLong(national));
        int zeros = 0;
        // The last zero of a number of zeros is its digit.
        while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros > 0) {
            plan.setItalianLeadingZero(true);
        }
        if (zeros > 1) {
            plan.setNumberOfLeadingZeros(zeros);
        }
        return plan;
    }

    private static boolean[] countryCodes() {
        boolean[] known = new boolean[1000];
        PhoneNumberUtil.getInstance().getSupportedCallingCodes().forEach(code -> known[code] = true);
        return known;
    }
}
