package dev.revox.testkit.sim;

import dev.revox.order.TimeOrderedIds;
import dev.revox.store.EngineStore;
import dev.revox.testkit.sim.Weather.Ambush;
import dev.revox.testkit.sim.check.CallChecks;
import dev.revox.testkit.sim.check.EventChecks;
import dev.revox.testkit.sim.check.FinalChecks;
import dev.revox.testkit.sim.check.Journal;
import dev.revox.testkit.sim.check.Promise;
import dev.revox.testkit.sim.check.RowChecks;
import dev.revox.testkit.sim.line.SimAgent;
import dev.revox.testkit.sim.line.SimNetwork;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.testkit.sim.node.StoreDoor;
import dev.revox.testkit.sim.node.WatchedStore;
import dev.revox.testkit.sim.people.Population;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A world in which engines live: days of orders in virtual time, on several nodes that share a store, with faults, and with
 * every promise checked. {@link #run} gives what came of it.
 *
 * <p>One {@link ManualTime} and one thread drive everything. Where a real thread would wait for the store, the world goes on
 * within that wait, so that races between a read and a write, pauses between a commit and its INVITE, and a death in the middle
 * of a commit all happen, and happen again with the same seed.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
public final class SimWorld {
    private static final Duration CALM = Duration.ofHours(3);

    private final SimSettings settings;
    private final ManualTime time;
    private final SplittableRandom random;
    private final Journal journal;
    private final RowChecks rows;
    private final CallChecks calls;
    private final SimNetwork network;
    private final HostScript host;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<SimNode, Weather> weathers = new HashMap<>();
    private final Map<SimNode, Integer> places = new HashMap<>();
    private final EventChecks.Totals totals = new EventChecks.Totals();
    private final Weather.Depth depth = new Weather.Depth();
    private final Map<String, Integer> faults = new HashMap<>();
    private final List<Alarm> plans = new ArrayList<>();
    private int lives;
    private boolean calm;

    SimWorld(SimSettings settings) {
        this.settings = settings;
        this.time = ManualTime.startingAt(settings.start());
        this.random = new SplittableRandom(settings.seed());
        this.journal = new Journal(settings.seed(), time);
        Population population = Population.of(Math.max(20, settings.orders() / 2), random.split());
        OrderMaker orders = new OrderMaker(population, random.split(), settings.orders());
        this.rows = new RowChecks(journal, orders::zones, settings.ringTimeout());
        this.calls = new CallChecks(journal, rows, settings.line(), settings.callsPerNode(), settings.nodes());
        this.network = new SimNetwork(time, population, calls, settings.line(), random.split())
                .invitesPerDial(settings.invitesPerDial());
        this.host = new HostScript(time, nodes, orders, journal, random.split());
    }

    /** A world of one node, a hundred orders and no faults, until told otherwise. */
    public static SimWorldBuilder builder(long seed) {
        return new SimWorldBuilder(seed);
    }

    /** Lives through it all. Called once. */
    public SimReport run() {
        for (int place = 0; place < settings.nodes(); place++) {
            start(place, "node-" + place);
            plan(place);
        }
        host.plan(settings.orders(), settings.days().multipliedBy(9).dividedBy(10));
        time.advance(settings.days());
        settle();
        FinalChecks last = new FinalChecks(journal, rows, calls);
        last.check(nodes.getFirst().store(), host.accepted(), host.cancelled(), time.instant());
        host.checkReports(rows, time.instant());
        close();
        return new SimReport(
                settings.seed(),
                journal.violations(),
                last.statuses(),
                host.accepted().size(),
                calls.invites(),
                calls.mostAtOnce(),
                faults,
                journal.fingerprint());
    }

    /** Everything works again, and has time to find back into order. */
    private void settle() {
        calm = true;
        host.stop();
        plans.forEach(Alarm::cancel);
        weathers.values().forEach(Weather::calm);
        nodes.forEach(node -> node.time().setClock(Duration.ZERO));
        for (int place = 0; place < settings.nodes(); place++) {
            if (!places.containsValue(place)) {
                start(place, "late-" + place);
            }
        }
        time.advance(CALM);
    }

    private void close() {
        List<SimNode> last = List.copyOf(nodes);
        last.forEach(SimNode::close);
        time.advance(Duration.ofMinutes(5));
        for (SimNode node : last) {
            String left = node.leftovers();
            if (!left.isEmpty()) {
                journal.broken(Promise.NOTHING_LEFT, node.life(), "left after its end: " + left);
            }
        }
        if (network.openLegs() > 0 || time.pendingCount() > 0) {
            journal.broken(
                    Promise.NOTHING_LEFT,
                    "world",
                    network.openLegs() + " calls and " + time.pendingCount() + " alarms are left");
        }
    }

    private void start(int place, String name) {
        String life = name + "/" + lives++;
        NodeTime nodeTime = new NodeTime(time, random.split(), Duration.ZERO);
        SimNode[] self = new SimNode[1];
        Weather weather = new Weather(
                time,
                nodeTime,
                settings.faults(),
                random.split(),
                depth,
                () -> crash(self[0]),
                howLong -> pause(self[0], howLong));
        if (calm) {
            weather.calm();
        }
        StoreDoor door = new StoreDoor(name, nodeTime, weather);
        EngineStore store = settings.stores().apply(door);
        journal.note(life, "starts");
        SimNode node = new SimNode(
                settings,
                name,
                life,
                nodeTime,
                network.line(nodeTime, life),
                new SimAgent(network, nodeTime, random.split()),
                store,
                new WatchedStore(store, door, new RowWitness(rows, life)),
                new EventChecks(journal, life, totals),
                new TimeOrderedIds(random.split()));
        self[0] = node;
        weather.open();
        nodes.add(node);
        weathers.put(node, weather);
        places.put(node, place);
    }

    private void plan(int place) {
        SimFaults rates = settings.faults();
        again(place, rates.crashEvery(), this::fall);
        again(place, rates.pauseEvery(), this::doze);
        again(place, rates.clockEvery(), this::setClock);
        again(place, rates.outageEvery(), this::cutOff);
    }

    private void again(int place, Duration every, java.util.function.Consumer<SimNode> what) {
        if (every.isZero()) {
            return;
        }
        double lot = -Math.log(1 - random.nextDouble());
        later(Duration.ofMillis((long) (every.toMillis() * lot)), () -> {
            nodes.stream()
                    .filter(node -> node.awake() && Integer.valueOf(place).equals(places.get(node)))
                    .findFirst()
                    .ifPresent(what);
            again(place, every, what);
        });
    }

    /** Plans something that does not happen any more once the world is calm. */
    private void later(Duration in, Runnable what) {
        plans.add(time.schedule(in, what));
    }

    private void fall(SimNode node) {
        switch (random.nextInt(3)) {
            case 0 -> crash(node);
            case 1 -> weather(node).lay(Ambush.DIES_BEFORE);
            default -> weather(node).lay(Ambush.DIES_AFTER);
        }
    }

    private void doze(SimNode node) {
        switch (random.nextInt(4)) {
            case 0 -> weather(node).lay(Ambush.PAUSES_BEFORE);
            case 1 -> weather(node).lay(Ambush.PAUSES_AFTER);
            default -> pause(node, Duration.ofMillis(2_000 + random.nextInt(118_000)));
        }
    }

    private void setClock(SimNode node) {
        count("clock");
        Duration ahead = Duration.ofMinutes(random.nextBoolean() ? 60 : -60);
        journal.note(node.life(), "its clock is set by " + ahead);
        node.time().setClock(ahead);
        later(Duration.ofMinutes(5 + random.nextInt(90)), () -> node.time().setClock(Duration.ZERO));
    }

    private void cutOff(SimNode node) {
        count("outage");
        Weather weather = weather(node);
        journal.note(node.life(), "cannot reach the store");
        weather.outage(true);
        Alarm unused = time.schedule(
                Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 20 : 600)), () -> weather.outage(false));
    }

    private Weather weather(SimNode node) {
        return java.util.Objects.requireNonNull(weathers.get(node));
    }

    private void pause(SimNode node, Duration howLong) {
        if (!node.awake()) {
            return;
        }
        count("pause");
        journal.note(node.life(), "stands still for " + howLong);
        node.pause(howLong);
        Alarm unused = time.schedule(howLong, () -> node.time().resume());
    }

    private void crash(SimNode node) {
        if (node.time().crashed()) {
            return;
        }
        count("crash");
        journal.note(node.life(), "dies");
        node.crash();
        nodes.remove(node);
        weathers.remove(node);
        Integer place = places.remove(node);
        String name = node.life().substring(0, node.life().indexOf('/'));
        boolean sameName = random.nextInt(3) > 0;
        Duration down = Duration.ofSeconds(1 + random.nextInt(random.nextInt(4) == 0 ? 7_200 : 300));
        later(down, () -> start(java.util.Objects.requireNonNull(place), sameName ? name : "heir-" + lives));
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }
}
