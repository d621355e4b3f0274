package dev.revox.sip.registration;

import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.route.Routes;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.trunk.Trunk;
import dev.revox.time.TimeSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What one trunk's upkeep works with.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param mailbox runs one step at a time
 * @param questions Call-IDs of what waits for an answer, for the valve; a set for any thread
 * @param digest makes a memory of challenges; empty when there are no credentials
 */
public record Means(
        Trunk trunk,
        Routes routes,
        LocalParty local,
        Tokens tokens,
        TimeSource time,
        RandomGenerator random,
        Executor mailbox,
        Set<String> questions,
        Supplier<Optional<DigestClient>> digest) {}
