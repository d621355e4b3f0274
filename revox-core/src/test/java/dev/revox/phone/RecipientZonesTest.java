package dev.revox.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientZonesTest {

    @ParameterizedTest
    @CsvSource({
        "+12125550132, America/New_York",
        "+13105550132, America/Los_Angeles",
        "+442079460000, Europe/London",
        "+33612345678, Europe/Paris",
        "+919876543210, Asia/Kolkata",
        "+84912345678, Asia/Ho_Chi_Minh",
        "+380441234567, Europe/Kyiv",
        "+97798412345, Asia/Kathmandu"
    })
    void a_number_of_one_zone_has_that_zone_under_its_current_name(String number, String zone) {
        assertThat(RecipientZones.of(PhoneNumber.of(number)).zones()).containsExactly(ZoneId.of(zone));
    }

    @Test
    void zones_of_other_regions_are_dropped() {
        List<ZoneId> mobile = RecipientZones.of(PhoneNumber.of("+79161234567")).zones();

        assertThat(mobile).contains(ZoneId.of("Europe/Moscow"), ZoneId.of("Asia/Vladivostok"));
        assertThat(mobile).doesNotContain(ZoneId.of("Europe/Bucharest"), ZoneId.of("Asia/Almaty"));
        assertThat(RegionZones.of("RU")).containsAll(mobile);
    }

    @Test
    void a_mobile_of_a_wide_country_has_all_its_zones_and_a_principal_one() {
        RecipientZones zones = RecipientZones.of(PhoneNumber.of("+61412345678"));

        assertThat(zones.zones()).contains(ZoneId.of("Australia/Sydney"), ZoneId.of("Australia/Perth"));
        assertThat(zones.principalZones()).containsExactly(ZoneId.of("Australia/Sydney"));
    }

    @Test
    void in_north_america_both_coasts_are_principal() {
        RecipientZones zones = RecipientZones.of(PhoneNumber.of("+18005550132"));

        assertThat(zones.zones()).contains(ZoneId.of("America/New_York"), ZoneId.of("Pacific/Honolulu"));
        assertThat(zones.principalZones())
                .containsExactly(ZoneId.of("America/New_York"), ZoneId.of("America/Los_Angeles"));
    }

    @Test
    void a_number_that_is_possible_but_not_valid_has_all_zones_of_its_country_code() {
        PhoneNumber number = PhoneNumbers.parse("+12005550132");
        assertThat(PhoneNumbers.isValid(number)).isFalse();

        assertThat(RecipientZones.of(number).zones())
                .contains(ZoneId.of("America/New_York"), ZoneId.of("America/Toronto"), ZoneId.of("America/Jamaica"));
    }

    @Test
    void a_number_of_no_region_has_no_zone() {
        RecipientZones zones = RecipientZones.of(PhoneNumber.of("+881612345678"));

        assertThat(zones.known()).isFalse();
        assertThat(zones).isEqualTo(RecipientZones.UNKNOWN);
    }

    @Test
    void every_region_that_has_numbers_has_zones_and_a_principal_zone_among_them() {
        for (String region : PhoneNumberUtil.getInstance().getSupportedRegions()) {
            // Ascension and Tristan da Cunha share Saint Helena's clock, Kosovo has no entry in the tz database.
            if (!List.of("AC", "TA", "XK").contains(region)) {
                assertThat(RegionZones.of(region)).as(region).isNotEmpty();
                assertThat(RegionZones.principal(region)).as(region).isNotEmpty();
            }
            if (!region.equals("CA")) {
                assertThat(RegionZones.of(region)).as(region).containsAll(RegionZones.principal(region));
            }
        }
    }
}
