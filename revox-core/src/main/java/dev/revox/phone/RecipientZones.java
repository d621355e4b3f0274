package dev.revox.phone;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The time zones that the owner of a number may live in.
 *
 * <p>With several zones an instant must suit ALL of them. Where they have no common minute, the principal zones of the number's
 * region decide instead, and the plan is of low confidence.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param zones empty when nothing is known from the number
 * @param principalZones the fallback; equal to {@code zones} when the zone was given
 */
public record RecipientZones(List<ZoneId> zones, List<ZoneId> principalZones) {

    public static final RecipientZones UNKNOWN = new RecipientZones(List.of(), List.of());

    public RecipientZones {
        zones = List.copyOf(zones);
        principalZones = List.copyOf(principalZones);
    }

    /** The zone that the order's policy or the engine names. */
    public static RecipientZones fixed(ZoneId zone) {
        return new RecipientZones(List.of(zone), List.of(zone));
    }

    /** What the number tells: coarse for mobile and toll-free numbers. */
    public static RecipientZones of(PhoneNumber number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        return PhoneNumbers.plan(number)
                .map(plan -> {
                    Optional<String> region = PhoneNumbers.region(number);
                    return region.isPresent()
                            ? ofRegion(plan, region.get())
                            : ofCountryCode(plans, plan.getCountryCode());
                })
                .orElse(UNKNOWN);
    }

    /** False when the order must name a zone itself. */
    public boolean known() {
        return !zones.isEmpty();
    }

    private static RecipientZones ofRegion(Phonenumber.PhoneNumber plan, String region) {
        Set<ZoneId> zones = new LinkedHashSet<>();
        for (String id : PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForNumber(plan)) {
            RegionZones.within(region, id).ifPresent(zones::add);
        }
        // The mapper may know only zones of other regions (+7, +44): then the whole region is as much as can be said.
        return new RecipientZones(
                zones.isEmpty() ? RegionZones.of(region) : List.copyOf(zones), RegionZones.principal(region));
    }

    /** For a number that is possible but not valid: every region that shares its country code. */
    private static RecipientZones ofCountryCode(PhoneNumberUtil plans, int countryCode) {
        Set<ZoneId> zones = new LinkedHashSet<>();
        for (String region : plans.getRegionCodesForCountryCode(countryCode)) {
            zones.addAll(RegionZones.of(region));
        }
        return new RecipientZones(
                List.copyOf(zones), RegionZones.principal(plans.getRegionCodeForCountryCode(countryCode)));
    }
}
