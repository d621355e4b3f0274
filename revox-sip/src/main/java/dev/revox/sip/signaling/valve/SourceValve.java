package dev.revox.sip.signaling.valve;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Decides from bytes and source alone whether a message is parsed.
 *
 * <p>Parsing costs some fifty times what receiving does, so this is where a flood ends. A known address has a budget that no
 * honest trunk spends. Messages of calls that are up and answers to what we have asked, told by their Call-ID, have a second
 * budget of their own, so that a flood with a forged source costs no call its BYE and no trunk its registration. Strangers share a small budget, which bounds what they can make
 * us send.
 *
 * <p><b>Thread:</b> Thread-safe; a short lock per message. <b>Spec:</b> RFC 3261 §26.1.5, RFC 5390.
 */
public final class SourceValve {

    private static final int KNOWN_PLACES = 1 << 12;
    private static final int STRANGER_PLACES = 1 << 14;
    private static final long FRIEND_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long ALL = 0;

    /** What reading one message and answering it may take; the parser needs some 100 us. */
    private static final long READING_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Predicate<InetAddress> trusted;
    private final Predicate<String> liveCall;
    private final LongSupplier nanoTime;
    private final ExpiringTable friends;
    private final Budget known;
    private final Budget knownInCalls;
    private final Budget stranger;
    private final Budget allStrangers;
    private final LongAdder passed = new LongAdder();
    private final LongAdder notSip = new LongAdder();
    private final LongAdder tooLarge = new LongAdder();
    private final LongAdder knownOverBudget = new LongAdder();
    private final LongAdder strangerOverBudget = new LongAdder();

    /**
     * Opens.
     *
     * @param trusted addresses that belong to trunks
     * @param liveCall true for the Call-ID of a call that is up or being set up, or of a request of ours that waits for its answer
     */
    public SourceValve(
            ValveSettings settings, Predicate<InetAddress> trusted, Predicate<String> liveCall, LongSupplier nanoTime) {
        this.trusted = trusted;
        this.liveCall = liveCall;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        friends = new ExpiringTable(KNOWN_PLACES, now);
        known = new Budget(settings.knownPerSecond(), settings.knownBurst(), KNOWN_PLACES, now);
        knownInCalls = new Budget(settings.knownPerSecond(), settings.knownBurst(), KNOWN_PLACES, now);
        stranger = new Budget(settings.strangerPerSecond(), burst(settings.strangerPerSecond()), STRANGER_PLACES, now);
        allStrangers = new Budget(settings.allStrangersPerSecond(), burst(settings.allStrangersPerSecond()), 4, now);
    }

    private static int burst(double perSecond) {
        return Math.max(2, (int) (perSecond * 5));
    }

    /**
     * True when a message is to be parsed. Its reader says {@link #read} when it is done with it.
     *
     * @param scan the reader's own
     */
    public boolean admits(InetAddress source, byte[] data, int length, MessageScan scan) {
        scan.admittedNanos = nanoTime.getAsLong();
        return switch (scan.look(data, length)) {
            case KEEP_ALIVE -> false;
            case NOT_SIP -> refuse(notSip);
            case TOO_LARGE -> refuse(tooLarge);
            case SIP -> withinBudget(source, scan);
        };
    }

    private boolean withinBudget(InetAddress source, MessageScan scan) {
        long address = AddressKey.of(source);
        long now = scan.admittedNanos;
        boolean admitted;
        if (knows(source, address, now)) {
            scan.charged = !liveCall.test(scan.callId());
            synchronized (this) {
                admitted = (!scan.charged && knownInCalls.take(address, now)) || known.take(address, now);
            }
            return admitted ? pass() : refuse(knownOverBudget);
        }
        scan.charged = false;
        synchronized (this) {
            admitted = stranger.take(address, now) && allStrangers.take(ALL, now);
        }
        return admitted ? pass() : refuse(strangerOverBudget);
    }

    private boolean pass() {
        passed.increment();
        return true;
    }

    /**
     * A message that was let through has been read and answered. One that took longer than {@link #READING_NANOS} counts for as
     * many as would have fitted into its time: a flood is dearest where messages are hard to read, where the code has not been
     * compiled yet and where the machine has other things to do, and there it gets fewer. Messages of calls that were up when
     * they came are not charged, nor are strangers, who have few.
     */
    public void read(InetAddress source, MessageScan scan) {
        long now = nanoTime.getAsLong();
        long more = (now - scan.admittedNanos) / READING_NANOS;
        if (more > 0 && scan.charged) {
            synchronized (this) {
                known.charge(AddressKey.of(source), more, now);
            }
        }
    }

    private boolean knows(InetAddress source, long address, long now) {
        synchronized (this) {
            int place = friends.place(address, now);
            if (place != ExpiringTable.NO_PLACE && friends.moment(place, address, now) != now) {
                return true;
            }
        }
        return trusted.test(source);
    }

    /** True for a trunk, or a host that we have sent a request to lately. */
    public boolean knows(InetAddress source) {
        return knows(source, AddressKey.of(source), nanoTime.getAsLong());
    }

    private static boolean refuse(LongAdder why) {
        why.increment();
        return false;
    }

    /** We send a request there, so what comes from there is known for the next hour. */
    public void befriend(InetAddress address) {
        long key = AddressKey.of(address);
        long now = nanoTime.getAsLong();
        synchronized (this) {
            int place = friends.place(key, now);
            if (place != ExpiringTable.NO_PLACE) {
                friends.put(place, key, now + FRIEND_NANOS);
            }
        }
    }

    public ValveCounts counts() {
        return new ValveCounts(
                passed.sum(), notSip.sum(), tooLarge.sum(), knownOverBudget.sum(), strangerOverBudget.sum());
    }
}
