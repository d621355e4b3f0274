package dev.revox.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialPlanTest {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    @Test
    void every_countrys_numbers_of_every_kind_are_taken_apart_as_the_parser_does_it() throws NumberParseException {
        int compared = 0;
        for (String region : PLANS.getSupportedRegions()) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                Phonenumber.PhoneNumber example = PLANS.getExampleNumberForType(region, type);
                if (example != null) {
                    String e164 = PLANS.format(example, PhoneNumberFormat.E164);
                    assertThat(DialPlan.of(PhoneNumber.of(e164)))
                            .as(e164)
                            .isEqualTo(Optional.of(PLANS.parse(e164, null)));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+390236618300", "+39002366", "+12125550100", "+79161234567", "+80012345678", "+33000"})
    void leading_zeros_and_numbers_of_no_country_are_read_as_the_parser_does_it(String e164)
            throws NumberParseException {
        assertThat(DialPlan.of(PhoneNumber.of(e164))).isEqualTo(Optional.of(PLANS.parse(e164, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999000", "+331", "+2101234567"})
    void a_number_of_no_known_country_or_without_a_national_part_has_no_plan(String e164) {
        assertThat(DialPlan.of(PhoneNumber.of(e164))).isEmpty();
    }
}
