package dev.revox.sip;

import dev.revox.RevoxException;
import dev.revox.line.LineLimits;
import dev.revox.phone.PhoneNumber;
import dev.revox.secret.Secret;
import dev.revox.sip.sdes.MediaEncryption;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A telephone company's SIP entry, and how we get through it.
 *
 * <p>Calls from it are refused until {@link #allowInboundFrom} names its addresses. Transport is UDP.
 *
 * <p><b>Thread:</b> Immutable; each method returns a changed copy.
 */
public final class SipTrunk {

    private static final Pattern URI = Pattern.compile(
            "sip:([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?(;transport=udp)?");
    private static final Pattern CALLING_CODE = Pattern.compile("\\+[1-9][0-9]{0,2}");

    private final String host;
    private final Optional<Integer> port;
    private final String name;
    private final Optional<String> user;
    private final Secret secret;
    private final Optional<String> realm;
    private final Optional<PhoneNumber> callerId;
    private final Optional<String> homeCallingCode;
    private final List<AddressBlock> inbound;
    private final Capacity capacity;

    /** What the trunk carries, and how. */
    private record Capacity(int maxCalls, double callsPerSecond, MediaEncryption encryption, boolean keysInPlainSip) {}

    private SipTrunk(
            String host,
            Optional<Integer> port,
            String name,
            Optional<String> user,
            Secret secret,
            Optional<String> realm,
            Optional<PhoneNumber> callerId,
            Optional<String> homeCallingCode,
            List<AddressBlock> inbound,
            Capacity capacity) {
        this.host = host;
        this.port = port;
        this.name = name;
        this.user = user;
        this.secret = secret;
        this.realm = realm;
        this.callerId = callerId;
        this.homeCallingCode = homeCallingCode;
        this.inbound = List.copyOf(inbound);
        this.capacity = capacity;
    }

    /**
     * A trunk at an address.
     *
     * @param uri {@code sip:host} or {@code sip:host:port}, without user
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static SipTrunk of(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "trunk URI must be sip:host or sip:host:port over UDP, without user or other parameters, was \""
                            + (uri.indexOf('@') >= 0 ? "(with user)" : uri) + "\"");
        }
        Optional<Integer> port = Optional.ofNullable(matcher.group(3)).map(Integer::valueOf);
        if (port.filter(p -> p < 1 || p > 65_535).isPresent()) {
            throw new IllegalArgumentException("trunk URI: port must be within 1..65535, was " + port.get());
        }
        String host = matcher.group(1);
        return new SipTrunk(
                host,
                port,
                host,
                Optional.empty(),
                Secret.of(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Capacity(0, 0, MediaEncryption.OFF, false));
    }

    /** The digest user and password that the trunk asks for. They are shown to this trunk's host only. */
    public SipTrunk credentials(String newUser, String newSecret) {
        return credentials(newUser, Secret.of(newSecret));
    }

    public SipTrunk credentials(String newUser, Secret newSecret) {
        if (newUser.isBlank() || newUser.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("credentials: user must not be blank nor hold control characters");
        }
        return new SipTrunk(
                host, port, name, Optional.of(newUser), newSecret, realm, callerId, homeCallingCode, inbound, capacity);
    }

    /** Answers challenges of this realm only. */
    public SipTrunk realm(String newRealm) {
        return new SipTrunk(
                host, port, name, user, secret, Optional.of(newRealm), callerId, homeCallingCode, inbound, capacity);
    }

    /** How it is called in results and logs; its host when not set. */
    public SipTrunk name(String newName) {
        if (newName.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return new SipTrunk(host, port, newName, user, secret, realm, callerId, homeCallingCode, inbound, capacity);
    }

    /** The number shown to the called when an order names none. */
    public SipTrunk callerId(PhoneNumber newCallerId) {
        return new SipTrunk(
                host, port, name, user, secret, realm, Optional.of(newCallerId), homeCallingCode, inbound, capacity);
    }

    /** Country code of the trunk's own country, e.g. {@code +33}: tells a refused foreign number from other refusals. */
    public SipTrunk homeCallingCode(String newCode) {
        if (!CALLING_CODE.matcher(newCode).matches()) {
            throw new IllegalArgumentException("homeCallingCode must be like +33, was \"" + newCode + "\"");
        }
        return new SipTrunk(host, port, name, user, secret, realm, callerId, Optional.of(newCode), inbound, capacity);
    }

    /** Lets calls in from these addresses or CIDR blocks; without it nobody can call us by this trunk. */
    public SipTrunk allowInboundFrom(String... addresses) {
        List<AddressBlock> more = new ArrayList<>(inbound);
        for (String address : addresses) {
            more.add(AddressBlock.parse(address));
        }
        return new SipTrunk(host, port, name, user, secret, realm, callerId, homeCallingCode, more, capacity);
    }

    /**
     * How many calls at a time the trunk carries, over all engines that share a store and call it by the same {@link #name}; 0
     * for no limit. Orders wait in their queue for a free one.
     */
    public SipTrunk maxCalls(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("maxCalls must not be negative, was " + most);
        }
        return carrying(
                new Capacity(most, capacity.callsPerSecond(), capacity.encryption(), capacity.keysInPlainSip()));
    }

    /** How many calls may begin per second, over all engines that share a store; 0 for no limit. Half a call is allowed. */
    public SipTrunk callsPerSecond(double most) {
        if (!(most >= 0 && most <= 1000)) {
            throw new IllegalArgumentException("callsPerSecond must be within 0..1000, was " + most);
        }
        return carrying(new Capacity(capacity.maxCalls(), most, capacity.encryption(), capacity.keysInPlainSip()));
    }

    /**
     * Whether sound is encrypted with SRTP, its keys in the session description (RFC 4568). {@link MediaEncryption#OFF} when not set.
     *
     * <p>The keys are worth what the signalling is: over plain SIP anybody on the way can read them, so none is sent there unless
     * {@link #srtpKeysOverPlainSip()} allows it.
     */
    public SipTrunk srtp(MediaEncryption newEncryption) {
        Objects.requireNonNull(newEncryption, "srtp");
        return carrying(
                new Capacity(capacity.maxCalls(), capacity.callsPerSecond(), newEncryption, capacity.keysInPlainSip()));
    }

    /** Lets keys for SRTP travel over SIP that is not encrypted, such as inside a VPN. Protects against no one who reads along. */
    public SipTrunk srtpKeysOverPlainSip() {
        return carrying(new Capacity(capacity.maxCalls(), capacity.callsPerSecond(), capacity.encryption(), true));
    }

    /** What is offered and answered: never keys where they could be read, unless that is allowed. */
    MediaEncryption mediaEncryption() {
        return keysAreSafe() ? capacity.encryption() : MediaEncryption.OFF;
    }

    private boolean keysAreSafe() {
        return capacity.keysInPlainSip();
    }

    /**
     * Refuses settings that contradict each other.
     *
     * @throws RevoxException when sound must be encrypted and no key may be sent
     */
    void requireKeysCanTravel() {
        if (capacity.encryption() == MediaEncryption.REQUIRED && !keysAreSafe()) {
            throw new RevoxException(
                    "trunk " + name
                            + ": srtp is REQUIRED, but its SIP is not encrypted and would show the keys; use TLS, or"
                            + " allow it with srtpKeysOverPlainSip()",
                    false);
        }
    }

    private SipTrunk carrying(Capacity newCapacity) {
        return new SipTrunk(host, port, name, user, secret, realm, callerId, homeCallingCode, inbound, newCapacity);
    }

    LineLimits limits() {
        return LineLimits.of(name, capacity.maxCalls(), capacity.callsPerSecond());
    }

    String host() {
        return host;
    }

    int effectivePort() {
        return port.orElse(5060);
    }

    String trunkName() {
        return name;
    }

    Optional<String> user() {
        return user;
    }

    Secret secret() {
        return secret;
    }

    Optional<String> pinnedRealm() {
        return realm;
    }

    Optional<PhoneNumber> defaultCallerId() {
        return callerId;
    }

    /** The URI that reaches a number by this trunk. Only the digits of a checked number get in. */
    String uriOf(PhoneNumber number) {
        return "sip:" + number.e164() + "@" + hostPort();
    }

    String hostPort() {
        return host + port.map(p -> ":" + p).orElse("");
    }

    boolean mayBeAbroad(PhoneNumber number) {
        return homeCallingCode.map(code -> !number.e164().startsWith(code)).orElse(true);
    }

    boolean letsIn(InetAddress source) {
        return inbound.stream().anyMatch(block -> block.contains(source));
    }

    @Override
    public String toString() {
        return "SipTrunk(" + name + ")";
    }
}
