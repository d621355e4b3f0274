package dev.revox.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "+14155550132, +14155550132",
        "+1 (415) 555-0132, +14155550132",
        "+1.415.555.0132, +14155550132",
        "+44 (0)20 7946 0000, +442079460000",
        "+39 06 6982, +39066982",
        "+33 6 12 34 56 78, +33612345678"
    })
    void separators_are_removed_and_the_number_is_stored_as_e164(String written, String e164) {
        assertThat(PhoneNumbers.parse(written).e164()).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "4155550132",
                " +14155550132",
                "0014155550132",
                "++14155550132",
                "+1415555CALL",
                "+14155550132x5",
                "+14155550132 ext. 5",
                "+14155550132;ext=5",
                "+14155550132;maddr=1.2.3.4",
                "+14155550132@evil.example",
                "+1415555\r\n0132",
                "+1415555\t0132",
                "+1415555\u00a00132",
                "+1415555/0132",
                "+１４１５５５５０１３２",
                "+١٤١٥٥٥٥٠١٣٢",
                "＋14155550132",
                "+1",
                "+141555501",
                "+1415555013299",
                "+999123456789",
                "+0123456789",
                "tel:+14155550132",
                "+1415555013211111111111111111111111111111111111111111111111111111111111111"
            })
    void everything_else_is_no_number_and_is_not_repeated_in_the_message(String written) {
        assertThatThrownBy(() -> PhoneNumbers.parse(written))
                .isInstanceOfSatisfying(InvalidPhoneNumberException.class, refused -> {
                    if (written.length() > 3) {
                        assertThat(refused.getMessage()).doesNotContain(written);
                    }
                });
    }

    @Test
    void whatever_is_parsed_holds_nothing_but_a_plus_and_digits() {
        Random random = new Random(7);
        String alphabet = "+0123456789 ().-;=@\r\nxX%&<>\"'٣１";
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "+1415555" : "+");
            int length = random.nextInt(14);
            for (int c = 0; c < length; c++) {
                // Mostly digits, or nothing would ever parse.
                int bound = random.nextInt(10) == 0 ? alphabet.length() : 11;
                text.append(alphabet.charAt(Math.min(random.nextInt(bound), alphabet.length() - 1)));
            }
            try {
                assertThat(PhoneNumbers.parse(text.toString().substring(0, 1)
                                        + text.substring(1).replace("+", "0"))
                                .e164())
                        .matches("\\+[1-9][0-9]{2,14}");
                parsed++;
            } catch (InvalidPhoneNumberException refused) {
                assertThat(Objects.requireNonNull(refused.getMessage())).isNotEmpty();
            }
        }
        assertThat(parsed).isGreaterThan(100);
    }

    @Test
    void possible_and_valid_are_two_things() {
        PhoneNumber fictitious = PhoneNumber.of("+14155550132");
        PhoneNumber unassigned = PhoneNumbers.parse("+12005550132");

        assertThat(PhoneNumbers.isPossible(fictitious)).isTrue();
        assertThat(PhoneNumbers.isPossible(unassigned)).isTrue();
        assertThat(PhoneNumbers.isValid(unassigned)).isFalse();
        assertThat(PhoneNumbers.isValid(PhoneNumber.of("+442079460000"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"+442079460000, GB", "+14165550132, CA", "+12125550132, US", "+77011234567, KZ", "+79161234567, RU"})
    void a_valid_number_has_a_region(String number, String region) {
        assertThat(PhoneNumbers.region(PhoneNumber.of(number))).contains(region);
    }

    @ParameterizedTest
    @CsvSource({
        "+19005550132, PREMIUM_RATE",
        "+449012345678, PREMIUM_RATE",
        "+979123456789, PREMIUM_RATE",
        "+39848123456, SHARED_COST",
        "+881612345678, SATELLITE",
        "+870773111632, SATELLITE",
        "+882161234567, SATELLITE",
        "+883510012345, SATELLITE",
        "+49110, SHORT",
        "+33112, SHORT"
    })
    void costly_and_special_numbers_are_refused_unless_allowed(String number, DestinationPolicy.Kind kind) {
        PhoneNumber callee = PhoneNumber.of(number);

        assertThat(DestinationPolicy.STRICT.refusal(callee)).contains(kind);
        assertThat(DestinationPolicy.allowing(kind).refusal(callee)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+14155550132", "+442079460000", "+33612345678", "+18005550132", "+4930901820"})
    void ordinary_and_toll_free_numbers_are_not_refused(String number) {
        assertThat(DestinationPolicy.STRICT.refusal(PhoneNumber.of(number))).isEmpty();
    }

    @Test
    void warming_up_loads_what_the_first_order_needs() {
        assertThatCode(PhoneNumbers::warmUp).doesNotThrowAnyException();
    }
}
