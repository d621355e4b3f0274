package dev.revox.sip.rtcp;

import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpSender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The RTCP half of one leg: sender and receiver reports every 5 s on average, a random CNAME, BYE at the end.
 *
 * <p>Nothing that comes in ends a call: a BYE of RTCP says that a source left, which a transfer does too; calls end by SIP.
 * A peer without RTCP is fine.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3550 §6.1 (compound), §6.3.1 (interval), §6.4, §6.5, §6.6;
 * RFC 7022 (random CNAME).
 */
public final class RtcpSession {

    /** Room for any packet that is written here. */
    public static final int MAX_BYTES = 128;

    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final long NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800L;
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;

    private final RandomGenerator random;
    private final byte[] cname;
    private final long ntpSecondsAtZero;
    private final long ntpNanosAtZero;

    private long nextReportNanos;
    private long packetsAtLastReport;

    private boolean senderReportSeen;
    private int lastSenderReport;
    private long lastSenderReportNanos;

    private long roundTripMicros = -1;
    private long received;
    private long malformed;
    private long byes;

    /**
     * @param wallClock what {@code nowNanos} was on the calendar: NTP times are derived from it, so that the loop reads no clock
     */
    public RtcpSession(RandomGenerator random, Instant wallClock, long nowNanos) {
        this.random = random;
        byte[] id = new byte[12];
        random.nextBytes(id);
        cname = java.util.Base64.getEncoder().encodeToString(id).getBytes(StandardCharsets.US_ASCII);
        long secondsNow = wallClock.getEpochSecond() + NTP_EPOCH_OFFSET_SECONDS;
        ntpSecondsAtZero = secondsNow + Math.floorDiv(wallClock.getNano() - nowNanos, 1_000_000_000L);
        ntpNanosAtZero = Math.floorMod(wallClock.getNano() - nowNanos, 1_000_000_000L);
        // §6.2: the first report comes after half an interval.
        nextReportNanos = nowNanos + randomised(INTERVAL_NANOS / 2);
    }

    private long randomised(long nanos) {
        return (long) (nanos * (0.5 + random.nextDouble()));
    }

    /** Whether a report should be written now; moves the time of the next one. */
    public boolean due(long nowNanos) {
        if (nowNanos - nextReportNanos < 0) {
            return false;
        }
        nextReportNanos = nowNanos + randomised(INTERVAL_NANOS);
        return true;
    }

    /** Writes a report (SR when we sent since the last one, else RR) and our CNAME. @return its length */
    public int writeReport(byte[] into, RtpSender sender, RtpReceiver receiver, long nowNanos) {
        boolean sent = sender.packets() > packetsAtLastReport;
        packetsAtLastReport = sender.packets();
        boolean aboutPeer = receiver.active();
        int at = 8;
        if (sent) {
            long seconds = ntpSeconds(nowNanos);
            put(into, 8, (int) seconds);
            put(into, 12, (int) ntpFraction(nowNanos));
            put(into, 16, (int) sender.timestamp());
            put(into, 20, (int) sender.packets());
            put(into, 24, (int) sender.payloadOctets());
            at = 28;
        }
        if (aboutPeer) {
            int delay = senderReportSeen ? (int) ((nowNanos - lastSenderReportNanos) * 65_536 / 1_000_000_000L) : 0;
            receiver.writeReportBlock(into, at, senderReportSeen ? lastSenderReport : 0, delay);
            at += 24;
        }
        header(into, 0, aboutPeer ? 1 : 0, sent ? SENDER_REPORT : RECEIVER_REPORT, at, sender.ssrc());
        return writeCname(into, at, sender.ssrc());
    }

    private int writeCname(byte[] into, int start, int ssrc) {
        int at = start + 8;
        into[at++] = 1;
        into[at++] = (byte) cname.length;
        System.arraycopy(cname, 0, into, at, cname.length);
        at += cname.length;
        // The list of items ends with at least one null octet, padded to 32 bits (§6.5).
        do {
            into[at++] = 0;
        } while ((at - start) % 4 != 0);
        header(into, start, 1, SOURCE_DESCRIPTION, at - start, ssrc);
        return at;
    }

    /** Writes a last report and a BYE. @return its length */
    public int writeBye(byte[] into, RtpSender sender, RtpReceiver receiver, long nowNanos) {
        int at = writeReport(into, sender, receiver, nowNanos);
        header(into, at, 1, BYE, 8, sender.ssrc());
        return at + 8;
    }

    private static void header(byte[] into, int at, int count, int type, int bytes, int ssrc) {
        into[at] = (byte) (0x80 | count);
        into[at + 1] = (byte) type;
        int words = bytes / 4 - 1;
        into[at + 2] = (byte) (words >>> 8);
        into[at + 3] = (byte) words;
        put(into, at + 4, ssrc);
    }

    /**
     * Takes in a compound packet.
     *
     * @param ownSsrc report blocks about other sources are passed over
     */
    public void onPacket(byte[] bytes, int offset, int length, int ownSsrc, long arrivalNanos) {
        int end = offset + length;
        if (!startsAsCompound(bytes, offset, length)) {
            malformed++;
            return;
        }
        received++;
        int at = offset;
        while (end - at >= 4) {
            int size = 4 * ((((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF)) + 1);
            if ((bytes[at] & 0xC0) != 0x80 || size > end - at) {
                malformed++;
                return;
            }
            onOne(bytes, at, size, ownSsrc, arrivalNanos);
            at += size;
        }
    }

    /** §A.2: version 2, no padding in the first, and it is a report. RFC 5506's reduced size packets are taken as well. */
    private static boolean startsAsCompound(byte[] bytes, int offset, int length) {
        if (length < 8 || (bytes[offset] & 0xC0) != 0x80) {
            return false;
        }
        int type = bytes[offset + 1] & 0xFF;
        return type >= 192 && type <= 223;
    }

    /** RFC 5761 §4: on a shared port these types are RTCP. */
    public static boolean looksLikeRtcp(byte[] bytes, int offset, int length) {
        return startsAsCompound(bytes, offset, length);
    }

    private void onOne(byte[] bytes, int at, int size, int ownSsrc, long arrivalNanos) {
        int type = bytes[at + 1] & 0xFF;
        int count = bytes[at] & 0x1F;
        switch (type) {
            case SENDER_REPORT -> {
                if (size < 28) {
                    malformed++;
                    return;
                }
                lastSenderReport = (get(bytes, at + 8) << 16) | (get(bytes, at + 12) >>> 16);
                lastSenderReportNanos = arrivalNanos;
                senderReportSeen = true;
                onBlocks(bytes, at + 28, size - 28, count, ownSsrc, arrivalNanos);
            }
            case RECEIVER_REPORT -> onBlocks(bytes, at + 8, size - 8, count, ownSsrc, arrivalNanos);
            case BYE -> byes++;
            default -> {
                // SDES, APP and feedback say nothing that we need.
            }
        }
    }

    private void onBlocks(byte[] bytes, int start, int room, int count, int ownSsrc, long arrivalNanos) {
        if (count * 24 > room) {
            malformed++;
            return;
        }
        for (int i = 0; i < count; i++) {
            int at = start + 24 * i;
            int lastReport = get(bytes, at + 16);
            if (get(bytes, at) == ownSsrc && lastReport != 0) {
                int compactNow = (int) ((ntpSeconds(arrivalNanos) << 16) | (ntpFraction(arrivalNanos) >>> 16));
                int trip = compactNow - lastReport - get(bytes, at + 20);
                // A clock that is not ours makes it negative; then nothing is known.
                if (trip >= 0 && trip < 60 * 65_536) {
                    roundTripMicros = trip * 1_000_000L / 65_536;
                }
            }
        }
    }

    private long ntpSeconds(long nanos) {
        return ntpSecondsAtZero + Math.floorDiv(nanos + ntpNanosAtZero, 1_000_000_000L);
    }

    private long ntpFraction(long nanos) {
        return (Math.floorMod(nanos + ntpNanosAtZero, 1_000_000_000L) << 32) / 1_000_000_000L;
    }

    private static void put(byte[] into, int at, int value) {
        into[at] = (byte) (value >>> 24);
        into[at + 1] = (byte) (value >>> 16);
        into[at + 2] = (byte) (value >>> 8);
        into[at + 3] = (byte) value;
    }

    private static int get(byte[] from, int at) {
        return (from[at] & 0xFF) << 24
                | (from[at + 1] & 0xFF) << 16
                | (from[at + 2] & 0xFF) << 8
                | (from[at + 3] & 0xFF);
    }

    /** From the peer's last report about us, -1 while none came. */
    public long roundTripMicros() {
        return roundTripMicros;
    }

    public long received() {
        return received;
    }

    public long malformed() {
        return malformed;
    }

    /** BYEs that came; counted, never acted on. */
    public long byes() {
        return byes;
    }
}
