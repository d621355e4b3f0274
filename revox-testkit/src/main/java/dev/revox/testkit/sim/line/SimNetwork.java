package dev.revox.testkit.sim.line;

import dev.revox.line.DialRequest;
import dev.revox.line.LineLimits;
import dev.revox.testkit.sim.check.CallChecks;
import dev.revox.testkit.sim.check.ObservedCall;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.testkit.sim.people.Person;
import dev.revox.testkit.sim.people.Pickup;
import dev.revox.testkit.sim.people.Population;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everything behind the lines: rings the telephones of a population, lives the calls on the callee's side in true time, and has
 * every INVITE checked. A callee notices nothing of a dead engine but that nobody speaks any more.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class SimNetwork {
    private final ManualTime world;
    private final Population population;
    private final CallChecks checks;
    private final RandomGenerator random;
    private final LineLimits limits;
    private final Map<String, SimCall> byAttempt = new HashMap<>();
    private int invitesPerDial = 1;

    public SimNetwork(
            ManualTime world, Population population, CallChecks checks, LineLimits limits, RandomGenerator random) {
        this.world = world;
        this.population = population;
        this.checks = checks;
        this.limits = limits;
        this.random = random;
    }

    /**
     * The line of one life of one node.
     *
     * @param node its name and life, for the journal
     */
    public SimLine line(NodeTime time, String node) {
        return new SimLine(this, time, node, limits);
    }

    /** A defect for tests of the checks themselves: each dialled call sends so many INVITEs. */
    public SimNetwork invitesPerDial(int invites) {
        invitesPerDial = invites;
        return this;
    }

    /** Calls that ring or are up at somebody's telephone. */
    public int openLegs() {
        return checks.live();
    }

    SimCall dial(SimLine line, DialRequest request, SimLeg leg) {
        Person person = population.owner(request.to()).orElseThrow();
        Pickup pickup = population.pickup(person, world.instant(), random);
        SimCall first = null;
        for (int i = 0; i < invitesPerDial; i++) {
            ObservedCall observed = new ObservedCall(
                    request.callId(),
                    request.legId(),
                    line.node(),
                    request.to().e164(),
                    world.instant(),
                    line.time().skew());
            checks.invited(observed);
            SimCall call = new SimCall(this, observed, request, pickup, i == 0 ? Optional.of(leg) : Optional.empty());
            call.ring();
            first = first == null ? call : first;
        }
        SimCall call = java.util.Objects.requireNonNull(first);
        byAttempt.put(request.legId(), call);
        return call;
    }

    Optional<SimCall> call(String attemptId) {
        return Optional.ofNullable(byAttempt.get(attemptId));
    }

    ManualTime world() {
        return world;
    }

    void over(SimCall call, String how) {
        byAttempt.remove(call.observed().attempt(), call);
        checks.over(call.observed(), world.instant(), how);
    }

    /** How long a person listens to a silent line, or their network to one without media. */
    Duration silencePatience() {
        return Duration.ofSeconds(20 + random.nextInt(35));
    }

    /** Whether somebody stays on a line on which nobody speaks any more, or nobody hangs up for them. */
    boolean staysOnADeadLine() {
        return random.nextInt(3) == 0;
    }
}
