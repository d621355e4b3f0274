package dev.revox.bench.jmh;

import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import dev.revox.sip.srtp.SrtpSession;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A packet of 20 ms PCMU (172 octets): protected, and protected by one side and unprotected by the other. */
@State(Scope.Thread)
public class SrtpBenchmark {

    @Param
    public SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;

    private final byte[] packet = new byte[400];
    private final byte[] payload = new byte[160];
    private final RtpSender sender = new RtpSender(4711, 1, 1);
    private SrtpSession ours = session(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    private SrtpSession theirs = ours;

    private static SrtpSession session(SrtpSuite suite) {
        SrtpKey key = SrtpKey.random(suite, new SecureRandom());
        return new SrtpSession(new SrtpKeys(key, key));
    }

    @Setup
    public void agree() {
        ours = session(suite);
        theirs = new SrtpSession(ours.keys());
    }

    @Benchmark
    public int protect() {
        int length = sender.writeAudio(packet, 0, payload, 0, payload.length);
        return ours.protectRtp(packet, length);
    }

    @Benchmark
    public int protectAndUnprotect() {
        int plain = theirs.unprotectRtp(packet, 0, protect());
        if (plain == SrtpSession.REFUSED) {
            throw new IllegalStateException("a true packet was refused");
        }
        return plain;
    }
}
