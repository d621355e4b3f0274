package dev.revox.bench.kill;

import dev.revox.bench.far.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the world outside knows, whatever becomes of an engine: which orders it was promised, and which calls it saw.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Ledger {
    /** An INVITE that left. */
    record Invite(String order, String attempt, long atMs) {}

    private final Map<Integer, Set<String>> acceptedByNumber = new HashMap<>();
    private final Set<Integer> unanswered = new HashSet<>();
    private final List<Invite> invites = new ArrayList<>();
    private final Map<String, Long> overAtMs = new HashMap<>();
    private final Map<String, Integer> reports = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private long lastLostNanos;

    synchronized void hear(String[] words) {
        switch (words[0]) {
            case Said.PLACING -> unanswered.add(Integer.parseInt(words[1]));
            case Said.ACCEPTED -> {
                int number = Integer.parseInt(words[1]);
                unanswered.remove(number);
                acceptedByNumber
                        .computeIfAbsent(number, unused -> new HashSet<>())
                        .add(words[2]);
            }
            case Said.INVITE -> invites.add(new Invite(words[1], words[2], Long.parseLong(words[3])));
            case Said.OVER -> overAtMs.put(words[2], Long.parseLong(words[3]));
            case Said.LOST -> {
                lost.add(words[2]);
                lastLostNanos = System.nanoTime();
            }
            case Said.REPORTED -> reports.merge(words[1], 1, Integer::sum);
            default -> {}
        }
    }

    /** Numbers whose order can be placed again: those of which nobody knows whether they were accepted, and some that were. */
    synchronized List<Integer> toPlaceAgain(int some) {
        List<Integer> numbers =
                new ArrayList<>(unanswered.stream().filter(KilledEngine::hasKey).toList());
        acceptedByNumber.keySet().stream()
                .filter(KilledEngine::hasKey)
                .sorted((one, other) -> other - one)
                .limit(some)
                .forEach(numbers::add);
        return numbers;
    }

    /** The orders that were promised, by the number called. */
    synchronized Map<Integer, Set<String>> accepted() {
        return Map.copyOf(acceptedByNumber);
    }

    synchronized List<Invite> invites() {
        return List.copyOf(invites);
    }

    synchronized int invited() {
        return invites.size();
    }

    synchronized Map<String, Long> overAtMs() {
        return Map.copyOf(overAtMs);
    }

    synchronized long toldTwice() {
        return reports.values().stream().filter(times -> times > 1).count();
    }

    synchronized int lost() {
        return lost.size();
    }

    synchronized long lastLostNanos() {
        return lastLostNanos;
    }
}
