package dev.revox.sip.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets of ours are read by somebody else's SRTP and the other way round, octet for octet the same. */
class SrtpOracleTest {

    private static final int SSRC = 0xCAFE_0815;

    /** A packet in an array that has room behind it. */
    private static final class Buffer implements ByteArrayBuffer {
        private byte[] bytes;
        private int length;

        Buffer(byte[] bytes, int length) {
            this.bytes = Arrays.copyOf(bytes, bytes.length + 64);
            this.length = length;
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int newOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] into) {
            System.arraycopy(bytes, from, into, 0, count);
        }

        @Override
        public void grow(int more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, length + more));
        }

        @Override
        public void append(byte[] data, int count) {
            grow(count);
            System.arraycopy(data, 0, bytes, length, count);
            length += count;
        }

        @Override
        public void shrink(int less) {
            length -= less;
        }

        byte[] content() {
            return Arrays.copyOf(bytes, length);
        }
    }

    private static SrtpPolicy policy(SrtpSuite suite, int tagBytes) {
        return suite == SrtpSuite.AEAD_AES_128_GCM
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, tagBytes, 14);
    }

    private static SrtpContextFactory theirs(boolean sender, SrtpKey key) {
        return new SrtpContextFactory(
                sender,
                key.masterKey(),
                key.masterSalt(),
                policy(key.suite(), key.suite().rtpTagBytes()),
                policy(key.suite(), key.suite().rtcpTagBytes()),
                new LoggerImpl("oracle"));
    }

    @ParameterizedTest
    @EnumSource
    void packets_of_sound_are_the_same_both_ways_over_two_wraps_of_the_sequence(SrtpSuite suite)
            throws GeneralSecurityException {
        Random random = new Random(4711);
        SrtpKey key = SrtpKey.random(suite, random);
        SrtpSession ours = new SrtpSession(new SrtpKeys(key, key));
        SrtpSession receiver = new SrtpSession(new SrtpKeys(key, key));
        SrtpCryptoContext encrypts = theirs(true, key).deriveContext(SSRC, 0);
        SrtpCryptoContext decrypts = theirs(false, key).deriveContext(SSRC, 0);
        RtpSender sender = new RtpSender(SSRC, 65_000, 1);
        byte[] packet = new byte[400];
        byte[] payload = new byte[200];
        for (int i = 0; i < 67_000; i++) {
            random.nextBytes(payload);
            int length = sender.writeAudio(packet, 0, payload, 0, random.nextInt(0, 200));
            sender.advance(160);
            if (i > 1_000 && i < 66_000 && i % 500 != 0) {
                continue; // far less than half a cycle apart, and through both wraps packet by packet
            }
            byte[] plain = Arrays.copyOf(packet, length);
            Buffer other = new Buffer(plain, length);
            assertThat(encrypts.transformPacket(other)).isEqualTo(SrtpErrorStatus.OK);

            int protectedBytes = ours.protectRtp(packet, length);

            byte[] sent = Arrays.copyOf(packet, protectedBytes);
            assertThat(sent).isEqualTo(other.content());
            Buffer back = new Buffer(sent, sent.length);
            assertThat(decrypts.reverseTransformPacket(back, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(back.content()).isEqualTo(plain);
            byte[] received = other.content();
            int plainBytes = receiver.unprotectRtp(received, 0, received.length);
            assertThat(Arrays.copyOf(received, plainBytes)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reports_are_the_same_both_ways(SrtpSuite suite) throws GeneralSecurityException {
        Random random = new Random(4711);
        SrtpKey key = SrtpKey.random(suite, random);
        SrtpSession ours = new SrtpSession(new SrtpKeys(key, key));
        SrtpSession receiver = new SrtpSession(new SrtpKeys(key, key));
        SrtcpCryptoContext encrypts = theirs(true, key).deriveControlContext(SSRC);
        SrtcpCryptoContext decrypts = theirs(false, key).deriveControlContext(SSRC);
        for (int i = 0; i < 50; i++) {
            byte[] plain = new byte[8 + 4 * random.nextInt(1, 20)];
            random.nextBytes(plain);
            plain[0] = (byte) 0x80;
            plain[1] = (byte) 200;
            Octets.putInt(plain, 4, SSRC);
            byte[] packet = Arrays.copyOf(plain, plain.length + SrtpSession.MAX_TRAILER_BYTES);

            int length = ours.protectRtcp(packet, plain.length);

            Buffer back = new Buffer(Arrays.copyOf(packet, length), length);
            assertThat(decrypts.reverseTransformPacket(back)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(back.content()).isEqualTo(plain);
            Buffer other = new Buffer(plain, plain.length);
            assertThat(encrypts.transformPacket(other)).isEqualTo(SrtpErrorStatus.OK);
            byte[] received = other.content();
            assertThat(Arrays.copyOf(received, receiver.unprotectRtcp(received, 0, received.length)))
                    .isEqualTo(plain);
        }
    }
}
