package dev.revox.sip.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.sdes.SrtpKey;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdes.SrtpSuite;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The figures of RFC 3711 appendix B, of RFC 7714 sections 16 and 17, and of a packet that other programs are tested with. */
class SrtpVectorsTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT));
    }

    private static byte[] room(byte[] packet) {
        return Arrays.copyOf(packet, packet.length + SrtpSession.MAX_TRAILER_BYTES);
    }

    @Test
    void rfc_3711_b_2_key_stream_of_counter_mode() {
        byte[] text = new byte[16 * 3];
        CounterStream stream =
                new CounterStream(hex("2B7E151628AED2A6ABF7158809CF4F3C"), hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));

        stream.crypt(text, 0, text.length, 0, 0);

        assertThat(text)
                .isEqualTo(hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                        + "41E95B3BB0A2E8DD477901E4FCA894C0"));
    }

    @Test
    void rfc_3711_b_3_session_keys() {
        KeyDerivation keys =
                new KeyDerivation(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));

        assertThat(keys.derive(KeyDerivation.RTP_ENCRYPTION, 16)).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.derive(KeyDerivation.RTP_SALT, 14)).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.derive(KeyDerivation.RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    @Test
    void a_whole_packet_of_counter_mode_with_a_tag_of_80_bits() {
        SrtpKey key = SrtpKey.parse(
                        SrtpSuite.AES_CM_128_HMAC_SHA1_80,
                        Base64.getEncoder()
                                .encodeToString(hex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6")))
                .orElseThrow();
        byte[] plain = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
        byte[] packet = room(plain);

        int length = new SrtpSession(new SrtpKeys(key, key)).protectRtp(packet, plain.length);

        assertThat(Arrays.copyOf(packet, length))
                .isEqualTo(hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"));
    }

    @Test
    void rfc_7714_16_1_1_packet_of_aes_128_gcm() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("517569642070726f2071756f");
        byte[] plain = hex("8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e697320646976697361 20696e207061727465732074726573");
        byte[] packet = room(plain);

        int length = new GcmCipher(key, salt, key, salt).protectRtp(packet, 0, 12, plain.length, 0xf17b, 0x5501a0b2);

        assertThat(Arrays.copyOf(packet, length))
                .isEqualTo(hex("8040f17b8041f8d35501a0b2"
                        + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce"));
        assertThat(new GcmCipher(key, salt, key, salt).unprotectRtp(packet, 0, 12, length, 0xf17b, 0x5501a0b2))
                .isEqualTo(plain.length);
        assertThat(packet).startsWith(plain);
    }

    @Test
    void rfc_7714_17_1_report_of_aes_128_gcm() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("517569642070726f2071756f");
        byte[] plain = hex("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        byte[] packet = room(plain);

        int length = new GcmCipher(key, salt, key, salt).protectRtcp(packet, 0, plain.length, 0x5d4, 0x4d617273);

        assertThat(Arrays.copyOf(packet, length))
                .isEqualTo(hex("81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                        + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4"));
    }
}
