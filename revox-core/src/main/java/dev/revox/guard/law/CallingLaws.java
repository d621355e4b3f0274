package dev.revox.guard.law;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Rules of some countries on unsolicited calls, as of November 2026. A help and no legal advice: whether a call is one that a
 * rule speaks of, and which further rules there are, is for the host to know. None is in force unless a {@link LawBook} holds it.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class CallingLaws {
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);
    private static final Set<DayOfWeek> MONDAY_TO_FRIDAY = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> MONDAY_TO_SATURDAY = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY);

    /** Metropolitan France and the overseas regions where its consumer code holds. */
    private static final String[] FRENCH_REGIONS = {"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"};

    /**
     * No telephone solicitation before 8 a.m. or after 9 p.m. at the called party's location.
     *
     * <p>Source: 47 CFR 64.1200(c)(1) (TCPA rules, in force since 1992-12-20); the same hours in 16 CFR 310.4(c) (Telemarketing
     * Sales Rule). National and company do-not-call lists are the host's {@code SuppressionList}.
     */
    public static final CallingLaw US_FEDERAL = CallingLaw.builder(
                    "47 CFR 64.1200(c)(1)", LocalDate.of(1992, 12, 20), "US")
            .hours(EVERY_DAY, "08:00", "21:00")
            .build();

    /**
     * Before 8 a.m. and after 8 p.m. no call, and at most three in 24 hours on the same subject: here, on a number at all.
     *
     * <p>Source: Florida Statutes 501.616(6)(a) and (b), as changed by chapter 2021-185 (SB 1120), in force since 2021-07-01.
     * 501.059(8)(d) presumes that a number with a Florida area code belongs to somebody in Florida; people there with other
     * numbers are not found by this rule.
     */
    public static final CallingLaw US_FLORIDA = CallingLaw.builder(
                    "Florida Statutes 501.616(6)", LocalDate.of(2021, 7, 1), "US")
            .prefixes(
                    "+1239", "+1305", "+1321", "+1324", "+1352", "+1386", "+1407", "+1448", "+1561", "+1645", "+1656",
                    "+1689", "+1727", "+1728", "+1754", "+1772", "+1786", "+1813", "+1850", "+1863", "+1904", "+1941",
                    "+1954")
            .hours(EVERY_DAY, "08:00", "20:00")
            .cap(3, Duration.ofHours(24))
            .build();

    /**
     * Consent before a call with an artificial voice, which a voice agent's is.
     *
     * <p>Source: 47 U.S.C. 227(b)(1), 47 CFR 64.1200(a)(1) and (a)(3), and the FCC's Declaratory Ruling FCC 24-17 of 2024-02-08
     * (voices made by AI are artificial voices). Not part of {@link #unitedStates}, because calls of many kinds are exempt.
     */
    public static final CallingLaw US_ARTIFICIAL_VOICE = CallingLaw.builder(
                    "47 CFR 64.1200(a), artificial voice", LocalDate.of(2024, 2, 8), "US")
            .consentNeeded()
            .build();

    /**
     * Monday to Friday except public holidays, 10:00 to 13:00 and 14:00 to 20:00 in the consumer's zone; at most four attempts in
     * 30 days; 60 full days of silence after a refusal.
     *
     * <p>Source: Code de la consommation, art. D. 223-9 (décret 2022-1313), in force since 2023-03-01. The holidays are those of
     * art. L. 3133-1 of the Code du travail. The day of the refusal does not count among the 60, so 61 days by the clock are never
     * too few. A consumer's express consent frees from the hours; whoever relies on that leaves this rule out for those orders.
     */
    public static final CallingLaw FRANCE = CallingLaw.builder(
                    "Code de la consommation D. 223-9", LocalDate.of(2023, 3, 1), FRENCH_REGIONS)
            .hours(MONDAY_TO_FRIDAY, "10:00", "13:00")
            .hours(MONDAY_TO_FRIDAY, "14:00", "20:00")
            .closedOnHolidaysOf("FR")
            .cap(4, Duration.ofDays(30))
            .silenceAfterRefusal(Duration.ofDays(61))
            .build();

    /**
     * No call to a consumer who has not agreed beforehand.
     *
     * <p>Source: Code de la consommation, art. L. 223-1 as changed by loi 2025-594 of 2025-06-30, in force from 2026-08-11. Calls
     * that serve a running contract are exempt; whoever makes only those leaves this rule out.
     */
    public static final CallingLaw FRANCE_CONSENT = CallingLaw.builder(
                    "Code de la consommation L. 223-1", LocalDate.of(2026, 8, 11), FRENCH_REGIONS)
            .consentNeeded()
            .build();

    /**
     * Monday to Saturday, 09:00 to 21:00: not the law but a sensible choice.
     *
     * <p>No statute of the United Kingdom names hours for live marketing calls: PECR 2003 reg. 21 and the ICO's guidance on live
     * calls ask for screening against the TPS and CTPS (the host's {@code SuppressionList}, or a guard that asks the register),
     * and Ofcom's persistent misuse policy (2016) names none either. The hours are those outside of which the FCA's
     * MCOB 3A.4 speaks of an "unsocial hour": Sundays, before 9 a.m., after 9 p.m.
     */
    public static final CallingLaw UNITED_KINGDOM_CUSTOM = CallingLaw.builder(
                    "United Kingdom, customary hours", LocalDate.of(2003, 12, 11), "GB", "GG", "IM", "JE")
            .hours(MONDAY_TO_SATURDAY, "09:00", "21:00")
            .build();

    private CallingLaws() {}

    /** Federal hours, and Florida's tighter rules. */
    public static List<CallingLaw> unitedStates() {
        return List.of(US_FEDERAL, US_FLORIDA);
    }

    /** Hours, caps, silence and consent. */
    public static List<CallingLaw> france() {
        return List.of(FRANCE, FRANCE_CONSENT);
    }

    /** Customary hours. */
    public static List<CallingLaw> unitedKingdom() {
        return List.of(UNITED_KINGDOM_CUSTOM);
    }
}
