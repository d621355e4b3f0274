package dev.revox.sip.location;

import dev.revox.sip.location.NameService.Found;
import dev.revox.sip.location.NameService.LookupException;
import dev.revox.sip.location.NameService.Naptr;
import dev.revox.sip.location.NameService.Srv;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the targets of a site, the first to try first.
 *
 * <p>An address is taken as it is. A name with a port is only looked up for its addresses. A name with a transport is looked up
 * for SRV, one without for NAPTR and then for SRV of each transport we speak. Where there is no SRV, its addresses and the
 * default port do. Among SRV records of one priority, chance decides by weight, anew for each call, while the records themselves
 * are remembered for as long as they hold, and a while longer when no name server answers.
 *
 * <p><b>Thread:</b> Thread-safe; {@code locate} may block in the name service. <b>Spec:</b> RFC 3263 §4, RFC 2782. {@code maddr}
 * is ignored.
 */
public final class ServerLocator {

    private static final Duration AT_LEAST = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofMinutes(30);
    private static final int MAX_REMEMBERED = 1_000;
    private static final int MAX_TARGETS = 16;

    /** Hosts of equal priority stand together. */
    private record Candidate(Transport transport, int priority, int weight, int port, List<InetAddress> addresses) {}

    private record Located(List<Candidate> candidates, long freshUntilNanos, long usableUntilNanos) {}

    private final NameService names;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Map<Site, Located> remembered = new ConcurrentHashMap<>();

    public ServerLocator(NameService names, TimeSource time, RandomGenerator random) {
        this.names = names;
        this.time = time;
        this.random = random;
    }

    /**
     * The targets of a site.
     *
     * @return empty when its name does not exist, or nobody could be asked
     */
    public List<Target> locate(Site site) {
        Located known = remembered.get(site);
        if (known == null || time.nanoTime() - known.freshUntilNanos() >= 0) {
            known = ask(site, known);
        }
        return ordered(known.candidates(), nameOf(site));
    }

    /** True when the answer is at hand, so that {@code locate} does not block. */
    public boolean knows(Site site) {
        Located known = remembered.get(site);
        return site.literal() || (known != null && time.nanoTime() - known.freshUntilNanos() < 0);
    }

    private static String nameOf(Site site) {
        return site.host().replaceAll("[\\[\\]]", "");
    }

    private Located ask(Site site, @Nullable Located known) {
        long now = time.nanoTime();
        try {
            Answer answer = new Answer();
            lookUp(site, answer);
            Located located = new Located(
                    List.copyOf(answer.candidates),
                    now + answer.timeToLive.toNanos(),
                    now + answer.timeToLive.plus(STALE).toNanos());
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(site, located);
            return located;
        } catch (LookupException e) {
            if (known != null && now - known.usableUntilNanos() < 0) {
                return known;
            }
            return new Located(List.of(), now, now);
        }
    }

    /** What is being put together, and for how long all of it holds. */
    private static final class Answer {
        private final List<Candidate> candidates = new ArrayList<>();
        private Duration timeToLive = AT_MOST;

        <T> List<T> take(Found<T> found) {
            Duration holds = found.timeToLive().compareTo(AT_LEAST) < 0 ? AT_LEAST : found.timeToLive();
            timeToLive = holds.compareTo(timeToLive) < 0 ? holds : timeToLive;
            return found.records();
        }
    }

    private void lookUp(Site site, Answer answer) throws LookupException {
        Transport given = site.transport().orElse(site.secure() ? Transport.TLS : Transport.UDP);
        if (site.literal() || site.port().isPresent()) {
            addHost(answer, given, 0, 0, site.port().orElse(given.defaultPort()), site.host());
            return;
        }
        if (site.transport().isPresent()) {
            addServices(answer, site.host(), given, "_" + (given == Transport.TLS ? "sips._tcp" : label(given)), 0);
        } else {
            addByNaptr(site, answer);
        }
        if (answer.candidates.isEmpty()) {
            addHost(answer, given, 0, 0, given.defaultPort(), site.host());
        }
    }

    private static String label(Transport transport) {
        return "sip._" + transport.name().toLowerCase(Locale.ROOT);
    }

    private void addByNaptr(Site site, Answer answer) throws LookupException {
        List<Naptr> records = new ArrayList<>(answer.take(names.naptr(site.host())));
        records.sort(Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference));
        int group = 0;
        for (Naptr naptr : records) {
            Transport transport = switch (naptr.service().toUpperCase(Locale.ROOT)) {
                case "SIPS+D2T" -> Transport.TLS;
                case "SIP+D2T" -> Transport.TCP;
                case "SIP+D2U" -> Transport.UDP;
                default -> null;
            };
            // RFC 3263 §4.1: with sips, only services of sips count.
            if (transport != null && (!site.secure() || transport == Transport.TLS)) {
                addSrv(answer, transport, names.srv(naptr.replacement()), group++);
            }
        }
        if (answer.candidates.isEmpty()) {
            if (site.secure()) {
                addServices(answer, site.host(), Transport.TLS, "_sips._tcp", 0);
            } else {
                addServices(answer, site.host(), Transport.UDP, "_sip._udp", 0);
                addServices(answer, site.host(), Transport.TCP, "_sip._tcp", 1);
            }
        }
    }

    private void addServices(Answer answer, String host, Transport transport, String service, int group)
            throws LookupException {
        addSrv(answer, transport, names.srv(service + "." + host), group);
    }

    private void addSrv(Answer answer, Transport transport, Found<Srv> found, int group) throws LookupException {
        for (Srv srv : answer.take(found)) {
            // RFC 2782: a target of "." says that the service is not there.
            if (!srv.host().isEmpty() && !srv.host().equals(".") && srv.port() > 0) {
                addHost(answer, transport, (group << 16) + srv.priority(), srv.weight(), srv.port(), srv.host());
            }
        }
    }

    private void addHost(Answer answer, Transport transport, int priority, int weight, int port, String host)
            throws LookupException {
        List<InetAddress> addresses = answer.take(names.addresses(host.replaceAll("[\\[\\]]", "")));
        if (!addresses.isEmpty()) {
            answer.candidates.add(new Candidate(transport, priority, weight, port, addresses));
        }
    }

    private List<Target> ordered(List<Candidate> candidates, String name) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<Target> result = new ArrayList<>();
        while (!left.isEmpty() && result.size() < MAX_TARGETS) {
            Candidate next = drawn(left);
            left.remove(next);
            for (InetAddress address : next.addresses()) {
                Target target = new Target(next.transport(), address, next.port(), name);
                if (!result.contains(target)) {
                    result.add(target);
                }
            }
        }
        return List.copyOf(result);
    }

    // RFC 2782: the lowest priority; among those, one by chance, in proportion to the weights.
    private Candidate drawn(List<Candidate> left) {
        int best = left.stream().mapToInt(Candidate::priority).min().orElse(0);
        List<Candidate> equal = left.stream().filter(c -> c.priority() == best).toList();
        int sum = equal.stream().mapToInt(Candidate::weight).sum();
        int draw = sum == 0 ? 0 : random.nextInt(sum + 1);
        int running = 0;
        for (Candidate candidate : equal) {
            running += candidate.weight();
            if (running >= draw) {
                return candidate;
            }
        }
        return equal.getFirst();
    }
}
