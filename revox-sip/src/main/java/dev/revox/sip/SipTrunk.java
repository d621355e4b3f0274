package dev.revox.sip;

import dev.revox.RevoxException;
import dev.revox.phone.PhoneNumber;
import dev.revox.secret.Secret;
import dev.revox.sip.identity.CallSigner;
import dev.revox.sip.location.Site;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.trunk.AddressBlock;
import dev.revox.sip.trunk.CallerIdPolicy;
import dev.revox.sip.trunk.TrunkPlan;
import dev.revox.sip.trunk.TrunkPlan.Callers;
import dev.revox.sip.trunk.TrunkPlan.Capacity;
import dev.revox.sip.trunk.TrunkPlan.Login;
import dev.revox.sip.trunk.TrunkPlan.Numbers;
import dev.revox.sip.trunk.TrunkPlan.Sound;
import dev.revox.sip.trunk.TrunkPlan.Upkeep;
import dev.revox.sip.trunk.TrunkUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A telephone company's SIP entry, and how we get through it.
 *
 * <p>{@code SipTrunk.of("sip:trunk.example.net").credentials("user", secret)} is looked up as RFC 3263 says (NAPTR, SRV,
 * addresses); a port or {@code ;transport=tcp} in the URI narrows that down; {@code sips:} means TLS and nothing else. Calls from it
 * are refused until {@link #allowInboundFrom} names its addresses.
 *
 * <p><b>Thread:</b> Immutable; each method returns a changed copy.
 */
public final class SipTrunk {

    private static final Pattern INBOUND_USER = Pattern.compile("[A-Za-z0-9_.+-]{1,64}");
    private static final int SHORTEST_INBOUND_PASSWORD = 12;
    private static final Pattern CALLING_CODE = Pattern.compile("\\+[1-9][0-9]{0,2}");
    private static final Duration SHORTEST_PING = Duration.ofSeconds(5);
    private static final Duration USUAL_PING = Duration.ofSeconds(30);
    private static final Duration USUAL_REGISTRATION = Duration.ofHours(1);

    private final TrunkPlan plan;

    private SipTrunk(TrunkPlan plan) {
        this.plan = plan;
    }

    /**
     * A trunk at an address.
     *
     * @param uri {@code sip:host}, {@code sip:host:port}, either with {@code ;transport=udp}, {@code tcp} or {@code tls}, or
     *     {@code sips:host}; without user
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static SipTrunk of(String uri) {
        Site site = TrunkUri.site("trunk URI", uri);
        return new SipTrunk(new TrunkPlan(
                site,
                Optional.empty(),
                site.host(),
                Optional.empty(),
                new Numbers(
                        Optional.empty(), Optional.empty(), CallerIdPolicy.FROM, PhoneNumber::e164, Optional.empty()),
                new Capacity(0, 0, 0),
                new Upkeep(Optional.empty(), Optional.empty()),
                true,
                new Sound(MediaEncryption.OFF, false, List.of()),
                new Callers(List.of(), Optional.empty())));
    }

    /** The digest user and password that the trunk asks for. They are shown to this trunk's hosts only. */
    public SipTrunk credentials(String newUser, String newSecret) {
        return credentials(newUser, Secret.of(newSecret));
    }

    public SipTrunk credentials(String newUser, Secret newSecret) {
        if (newUser.isBlank() || newUser.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("credentials: user must not be blank nor hold control characters");
        }
        return new SipTrunk(plan.with(new Login(newUser, newSecret, plan.login().flatMap(Login::realm))));
    }

    /** Answers challenges of this realm only. */
    public SipTrunk realm(String newRealm) {
        Login login = plan.login().orElseGet(() -> new Login("", Secret.of(""), Optional.empty()));
        return new SipTrunk(plan.with(new Login(login.user(), login.secret(), Optional.of(newRealm))));
    }

    /** How it is called in results and logs; its host when not set. */
    public SipTrunk name(String newName) {
        if (newName.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return new SipTrunk(plan.named(newName));
    }

    /** The number shown to the called when an order names none. */
    public SipTrunk callerId(PhoneNumber newCallerId) {
        return numbers(
                n -> new Numbers(Optional.of(newCallerId), n.homeCallingCode(), n.policy(), n.dialled(), n.signer()));
    }

    /** Where the caller's number stands: {@link CallerIdPolicy#FROM} when not set. */
    public SipTrunk callerIdPolicy(CallerIdPolicy policy) {
        Objects.requireNonNull(policy, "callerIdPolicy");
        return numbers(n -> new Numbers(n.callerId(), n.homeCallingCode(), policy, n.dialled(), n.signer()));
    }

    /** Country code of the trunk's own country, e.g. {@code +33}: tells a refused foreign number from other refusals. */
    public SipTrunk homeCallingCode(String newCode) {
        if (!CALLING_CODE.matcher(newCode).matches()) {
            throw new IllegalArgumentException("homeCallingCode must be like +33, was \"" + newCode + "\"");
        }
        return numbers(n -> new Numbers(n.callerId(), Optional.of(newCode), n.policy(), n.dialled(), n.signer()));
    }

    /**
     * Writes numbers as the trunk wants them dialled, e.g. {@code n -> "9" + n.e164().substring(1)}; {@code +} and digits when
     * not set.
     *
     * @param rewrite thread-safe and quick; may give letters, digits and {@code + * # - . _}, at most 64
     */
    public SipTrunk dialPlan(Function<PhoneNumber, String> rewrite) {
        Objects.requireNonNull(rewrite, "dialPlan");
        return numbers(n -> new Numbers(n.callerId(), n.homeCallingCode(), n.policy(), rewrite, n.signer()));
    }

    /**
     * Signs the calls that go out by this trunk (STIR/SHAKEN); for trunks that do not sign themselves. A call without a caller's number
     * is not signed.
     */
    public SipTrunk signer(CallSigner newSigner) {
        Objects.requireNonNull(newSigner, "signer");
        return numbers(
                n -> new Numbers(n.callerId(), n.homeCallingCode(), n.policy(), n.dialled(), Optional.of(newSigner)));
    }

    private SipTrunk numbers(Function<Numbers, Numbers> change) {
        return new SipTrunk(plan.with(change.apply(plan.numbers())));
    }

    /** Lets calls in from these addresses or CIDR blocks; without it and {@link #allowInboundAs} nobody can call us by this trunk. */
    public SipTrunk allowInboundFrom(String... addresses) {
        List<AddressBlock> more = new ArrayList<>(plan.callers().from());
        for (String address : addresses) {
            more.add(AddressBlock.parse(address));
        }
        return new SipTrunk(plan.with(new Callers(more, plan.callers().login())));
    }

    /**
     * Lets calls in from anywhere that know this user's password (digest, RFC 7616): for telephones and exchanges whose address
     * changes. They are strangers until they have shown it, with the few messages per second that strangers have.
     *
     * @param caller not the user that we show to the trunk, and of no other trunk
     * @param password at least 12 characters: anybody in the world may try to guess it
     */
    public SipTrunk allowInboundAs(String caller, Secret password) {
        if (!INBOUND_USER.matcher(caller).matches()) {
            throw new IllegalArgumentException(
                    "allowInboundAs: the user must be of letters, digits and _ . + -, 64 at most");
        }
        if (password.reveal().length() < SHORTEST_INBOUND_PASSWORD) {
            throw new IllegalArgumentException("allowInboundAs: the password must have at least "
                    + SHORTEST_INBOUND_PASSWORD + " characters; anybody may try to guess it");
        }
        return new SipTrunk(plan.with(
                new Callers(plan.callers().from(), Optional.of(new Login(caller, password, Optional.empty())))));
    }

    /**
     * How many calls at a time the trunk carries; 0 for no limit. For the first trunk of a line they are counted over all engines that
     * share a store and call it by the same {@link #name}, and orders wait in their queue for a free one. For the others each line counts
     * its own calls: a trunk that is full is passed over for the next, and where all are, the attempt is made later and does not count.
     */
    public SipTrunk maxCalls(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("maxCalls must not be negative, was " + most);
        }
        Capacity old = plan.capacity();
        return new SipTrunk(plan.with(new Capacity(most, old.callsPerSecond(), old.weight())));
    }

    /** How many calls may begin per second, counted like {@link #maxCalls}; 0 for no limit. Half a call is allowed. */
    public SipTrunk callsPerSecond(double most) {
        if (!(most >= 0 && most <= 1000)) {
            throw new IllegalArgumentException("callsPerSecond must be within 0..1000, was " + most);
        }
        Capacity old = plan.capacity();
        return new SipTrunk(plan.with(new Capacity(old.maxCalls(), most, old.weight())));
    }

    /**
     * Whether sound is encrypted with SRTP, its keys in the session description (RFC 4568). {@link MediaEncryption#OFF} when not set.
     *
     * <p>The keys are worth what the signalling is: over plain SIP anybody on the way can read them, so none is sent there unless
     * {@link #srtpKeysOverPlainSip()} allows it.
     */
    public SipTrunk srtp(MediaEncryption newEncryption) {
        Objects.requireNonNull(newEncryption, "srtp");
        Sound old = plan.sound();
        return new SipTrunk(plan.with(new Sound(newEncryption, old.keysInPlainSip(), old.codecs())));
    }

    /** Lets keys for SRTP travel over SIP that is not encrypted, such as inside a VPN. Protects against no one who reads along. */
    public SipTrunk srtpKeysOverPlainSip() {
        Sound old = plan.sound();
        return new SipTrunk(plan.with(new Sound(old.encryption(), true, old.codecs())));
    }

    /** What this trunk is offered, the preferred first, instead of the line's own list ({@code SipSettings.withCodecs}). */
    public SipTrunk codecs(AudioCodec... preferred) {
        if (preferred.length == 0) {
            throw new IllegalArgumentException("codecs must name at least one codec");
        }
        Sound old = plan.sound();
        return new SipTrunk(plan.with(new Sound(old.encryption(), old.keysInPlainSip(), List.of(preferred))));
    }

    /**
     * Refuses settings that contradict each other.
     *
     * @throws RevoxException when sound must be encrypted and no key may be sent
     */
    void requireKeysCanTravel() {
        if (plan.sound().encryption() == MediaEncryption.REQUIRED
                && plan.mediaEncryption(plan.overTls()) != MediaEncryption.REQUIRED) {
            throw new RevoxException(
                    "trunk " + plan.name()
                            + ": srtp is REQUIRED, but its SIP is not encrypted and would show the keys; use TLS, or"
                            + " allow it with srtpKeysOverPlainSip()",
                    false);
        }
    }

    /**
     * Its share of the calls among trunks that have a weight. Trunks without one (0) are tried after those, in the order in which
     * they were added.
     */
    public SipTrunk weight(int share) {
        if (share < 0 || share > 1000) {
            throw new IllegalArgumentException("weight must be within 0..1000, was " + share);
        }
        Capacity old = plan.capacity();
        return new SipTrunk(plan.with(new Capacity(old.maxCalls(), old.callsPerSecond(), share)));
    }

    /** Sends everything for this trunk to a proxy first, with a pre-loaded route (RFC 3261 §8.1.2). */
    public SipTrunk outboundProxy(String uri) {
        return new SipTrunk(plan.through(TrunkUri.site("outboundProxy", uri)));
    }

    /** Registers there for an hour at a time, and again in time, so that it can call us. */
    public SipTrunk register() {
        return register(USUAL_REGISTRATION);
    }

    /** Registers there for so long at a time; the trunk may grant less. */
    public SipTrunk register(Duration expires) {
        if (expires.compareTo(Duration.ofSeconds(10)) < 0 || expires.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("register must be within 10 s..1 day, was " + expires);
        }
        return new SipTrunk(plan.with(new Upkeep(plan.upkeep().ping(), Optional.of(expires))));
    }

    /** Asks every 30 s whether it is there (OPTIONS); after three without an answer other trunks are tried first. */
    public SipTrunk ping() {
        return ping(USUAL_PING);
    }

    /** Asks as often as this whether it is there. */
    public SipTrunk ping(Duration every) {
        if (every.compareTo(SHORTEST_PING) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("ping must be within 5 s..1 h, was " + every);
        }
        return new SipTrunk(
                plan.with(new Upkeep(Optional.of(every), plan.upkeep().registration())));
    }

    /** Sends requests over 1300 bytes by UDP too, where RFC 3261 §18.1.1 asks for TCP: for trunks whose TCP port is a trap. */
    public SipTrunk neverTcp() {
        return new SipTrunk(plan.withoutTcp());
    }

    TrunkPlan plan() {
        return plan;
    }

    String trunkName() {
        return plan.name();
    }

    @Override
    public String toString() {
        return "SipTrunk(" + plan.name() + ")";
    }
}
