package dev.revox.phone;

import java.util.regex.Pattern;

/**
 * A telephone number in E.164 form, {@code +} and 3 to 15 digits. Its {@code toString} is masked.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record PhoneNumber(String e164) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{2,14}");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not an E.164 number");
        }
    }

    /** The number as the host wrote it, which must already be E.164. */
    public static PhoneNumber of(String e164) {
        return new PhoneNumber(e164);
    }

    /** First three and last two characters only: {@code +33*******78}. */
    @Override
    public String toString() {
        int length = e164.length();
        if (length < 7) {
            return "+***";
        }
        return e164.substring(0, 3) + "*".repeat(length - 5) + e164.substring(length - 2);
    }
}
