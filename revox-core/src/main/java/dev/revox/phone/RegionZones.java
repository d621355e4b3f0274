package dev.revox.phone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The time zones of each ISO 3166 region, from the tz database's {@code zone.tab}.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class RegionZones {

    private static final Map<String, List<ZoneId>> BY_REGION = load("zones-by-region.txt");

    /** Where most people of a region with several zones live; other regions have one zone or are covered by their first. */
    private static final Map<String, List<ZoneId>> PRINCIPAL = load("principal-zones.txt");

    private RegionZones() {}

    /** All zones of a region that this JVM knows; empty for an unknown region. */
    static List<ZoneId> of(String region) {
        return BY_REGION.getOrDefault(region, List.of());
    }

    static List<ZoneId> principal(String region) {
        List<ZoneId> named = PRINCIPAL.get(region);
        return named != null ? named : of(region).stream().limit(1).toList();
    }

    /**
     * The region's own zone for a zone id, which may be a legacy name: the one of that name, else one with the very same clock.
     */
    static Optional<ZoneId> within(String region, String zoneId) {
        List<ZoneId> zones = of(region);
        Optional<ZoneId> named =
                zones.stream().filter(zone -> zone.getId().equals(zoneId)).findFirst();
        if (named.isPresent() || !ZoneId.getAvailableZoneIds().contains(zoneId)) {
            return named;
        }
        ZoneId legacy = ZoneId.of(zoneId);
        return zones.stream()
                .filter(zone -> zone.getRules().equals(legacy.getRules()))
                .findFirst();
    }

    private static Map<String, List<ZoneId>> load(String resource) {
        Map<String, List<ZoneId>> table = new HashMap<>();
        try (InputStream bytes = Objects.requireNonNull(RegionZones.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
                String region = words.remove(0);
                table.put(
                        region,
                        words.stream()
                                .filter(ZoneId.getAvailableZoneIds()::contains)
                                .map(ZoneId::of)
                                .toList());
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Map.copyOf(table);
    }
}
