package dev.revox.sip.trunk;

import dev.revox.line.LineLimits;
import dev.revox.phone.PhoneNumber;
import dev.revox.secret.Secret;
import dev.revox.sip.identity.CallClaims;
import dev.revox.sip.identity.CallSignature;
import dev.revox.sip.identity.CallSigner;
import dev.revox.sip.location.Site;
import dev.revox.sip.location.Transport;
import dev.revox.sip.route.Way;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that is configured about one trunk, in parts.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param site where it is
 * @param proxy where requests to it go instead, with a pre-loaded route
 * @param name in results and logs
 * @param largeByTcp requests too large for a datagram are tried over TCP first
 * @param sound how sound travels
 * @param callers whose calls are let in
 */
public record TrunkPlan(
        Site site,
        Optional<Site> proxy,
        String name,
        Optional<Login> login,
        Numbers numbers,
        Capacity capacity,
        Upkeep upkeep,
        boolean largeByTcp,
        Sound sound,
        Callers callers) {

    /**
     * What a challenge is answered with.
     *
     * @param realm the only one that is answered; any of this trunk's hosts when empty
     */
    public record Login(String user, Secret secret, Optional<String> realm) {}

    /**
     * How numbers are written.
     *
     * @param callerId shown when an order names none
     * @param homeCallingCode the trunk's own country, e.g. {@code +33}
     * @param dialled the user part of the Request-URI
     * @param signer signs who calls; empty when the trunk does, or nobody
     */
    public record Numbers(
            Optional<PhoneNumber> callerId,
            Optional<String> homeCallingCode,
            CallerIdPolicy policy,
            Function<PhoneNumber, String> dialled,
            Optional<CallSigner> signer) {

        /** Who is shown when an order wishes this. */
        Optional<PhoneNumber> shown(Optional<PhoneNumber> wished) {
            return wished.or(this::callerId);
        }
    }

    /**
     * How much it carries; 0 for no limit.
     *
     * @param weight its share of calls among trunks that have one; 0 for a place in the order instead
     */
    public record Capacity(int maxCalls, double callsPerSecond, int weight) {}

    /**
     * What goes on without calls.
     *
     * @param ping how often it is asked whether it is there; empty for never
     * @param registration how long we ask to be registered for; empty for a trunk that wants no REGISTER
     */
    public record Upkeep(Optional<Duration> ping, Optional<Duration> registration) {}

    /**
     * How sound travels.
     *
     * @param encryption whether it is encrypted
     * @param keysInPlainSip keys may be sent where they can be read
     * @param codecs what is offered and taken, the preferred first; empty for the line's own
     */
    public record Sound(MediaEncryption encryption, boolean keysInPlainSip, List<AudioCodec> codecs) {

        public Sound {
            codecs = List.copyOf(codecs);
        }
    }

    /**
     * Whose calls are let in: from these addresses, and from whoever knows the password.
     *
     * @param login its realm is always the line's own
     */
    public record Callers(List<AddressBlock> from, Optional<Login> login) {

        public Callers {
            from = List.copyOf(from);
        }
    }

    public TrunkPlan with(Login newLogin) {
        return new TrunkPlan(
                site, proxy, name, Optional.of(newLogin), numbers, capacity, upkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan with(Numbers newNumbers) {
        return new TrunkPlan(site, proxy, name, login, newNumbers, capacity, upkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan with(Capacity newCapacity) {
        return new TrunkPlan(site, proxy, name, login, numbers, newCapacity, upkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan with(Upkeep newUpkeep) {
        return new TrunkPlan(site, proxy, name, login, numbers, capacity, newUpkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan with(Sound newSound) {
        return new TrunkPlan(site, proxy, name, login, numbers, capacity, upkeep, largeByTcp, newSound, callers);
    }

    /** Whether requests to it go encrypted. */
    public boolean overTls() {
        return entrance().secure() || entrance().transport().equals(Optional.of(Transport.TLS));
    }

    /**
     * What is offered and answered: never keys where they could be read, unless that is allowed.
     *
     * @param unreadable the signalling of this very call is encrypted
     */
    public MediaEncryption mediaEncryption(boolean unreadable) {
        return unreadable || sound.keysInPlainSip() ? sound.encryption() : MediaEncryption.OFF;
    }

    public TrunkPlan named(String newName) {
        return new TrunkPlan(site, proxy, newName, login, numbers, capacity, upkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan through(Site newProxy) {
        return new TrunkPlan(
                site, Optional.of(newProxy), name, login, numbers, capacity, upkeep, largeByTcp, sound, callers);
    }

    public TrunkPlan with(Callers newCallers) {
        return new TrunkPlan(site, proxy, name, login, numbers, capacity, upkeep, largeByTcp, sound, newCallers);
    }

    public TrunkPlan withoutTcp() {
        return new TrunkPlan(site, proxy, name, login, numbers, capacity, upkeep, false, sound, callers);
    }

    public LineLimits limits() {
        return LineLimits.of(name, capacity.maxCalls(), capacity.callsPerSecond());
    }

    /** {@code sip} or {@code sips}. */
    public String scheme() {
        return site.secure() ? "sips" : "sip";
    }

    /** The site that requests go to first. */
    public Site entrance() {
        return proxy.orElse(site);
    }

    /**
     * The URI that reaches a number by this trunk.
     *
     * @throws IllegalArgumentException when the dial plan gave something that is no dial string
     */
    public String uriOf(PhoneNumber number) {
        String user = numbers.dialled().apply(number);
        if (!user.matches("[0-9A-Za-z+*#_.-]{1,64}")) {
            throw new IllegalArgumentException("the dial plan of trunk " + name
                    + " gave what is no dial string; letters, digits and + * # - . are allowed, 64 at most");
        }
        return scheme() + ":" + user.replace("#", "%23") + "@" + site.hostPort();
    }

    /** From, without its tag. Only a checked number, or what the operator configured, gets in. */
    public String from(Optional<PhoneNumber> wished) {
        Optional<PhoneNumber> number = numbers.shown(wished);
        if (numbers.policy() == CallerIdPolicy.HIDDEN) {
            return CallerIdPolicy.ANONYMOUS;
        }
        String user = number.map(PhoneNumber::e164).or(this::loginUser).orElse("anonymous");
        return "<" + scheme() + ":" + user + "@" + site.hostPort() + ">";
    }

    private Optional<String> loginUser() {
        return login.map(Login::user).filter(u -> u.matches("[A-Za-z0-9_.+-]{1,64}"));
    }

    /** Our own address there, for requests that are about no call. */
    public String ownAddress() {
        return "<" + scheme() + ":" + loginUser().orElse("revox") + "@" + site.hostPort() + ">";
    }

    /**
     * How requests of a call go to it.
     *
     * @param serviceRoute learned when we registered; empty when there is none
     */
    public Way way(Optional<PhoneNumber> wished, List<String> serviceRoute) {
        List<SipHeader> identity = numbers.policy().headers(numbers.shown(wished), site.hostPort(), scheme());
        return new Way(largeByTcp, routes(serviceRoute), identity);
    }

    /**
     * The signature of a call, where calls of this trunk are signed and there is a number to sign for.
     *
     * @param then told once, on any thread, within some seconds: header fields of the INVITE
     */
    public void sign(
            Optional<PhoneNumber> wished, PhoneNumber called, TimeSource time, Consumer<List<SipHeader>> then) {
        Optional<PhoneNumber> caller = numbers.shown(wished);
        if (numbers.signer().isEmpty() || caller.isEmpty()) {
            then.accept(List.of());
        } else {
            Instant at = time.instant().truncatedTo(ChronoUnit.SECONDS);
            CallSignature.of(numbers.signer().get(), new CallClaims(caller.get(), called, at), time, then);
        }
    }

    private List<String> routes(List<String> serviceRoute) {
        if (proxy.isEmpty()) {
            return serviceRoute;
        }
        String transport = proxy.get()
                .transport()
                .map(t -> ";transport=" + t.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String scheme = proxy.get().secure() ? "sips" : "sip";
        String first = "<" + scheme + ":" + proxy.get().hostPort() + transport + ";lr>";
        return Stream.concat(Stream.of(first), serviceRoute.stream().filter(r -> !r.equals(first)))
                .toList();
    }

    public boolean mayBeAbroad(PhoneNumber number) {
        return numbers.homeCallingCode()
                .map(code -> !number.e164().startsWith(code))
                .orElse(true);
    }

    public boolean letsIn(InetAddress source) {
        for (AddressBlock block : callers.from()) {
            if (block.contains(source)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "TrunkPlan(" + name + ")";
    }
}
