package dev.revox.testkit.provider;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form with a WAV file in it, read strictly.
 *
 * <p><b>Spec:</b> RFC 7578, RFC 2046 §5.1.1; RIFF/WAVE with format tag 1.
 */
final class WavForm {

    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";]{1,70})\"?");
    private static final Pattern NAME = Pattern.compile("form-data; name=\"([^\"]+)\"(; filename=\"([^\"]+)\")?");
    private static final int WAV_HEADER_BYTES = 44;

    private final Map<String, String> fields;
    private final short[] pcm;
    private final int sampleRateHz;

    private WavForm(Map<String, String> fields, short[] pcm, int sampleRateHz) {
        this.fields = fields;
        this.pcm = pcm;
        this.sampleRateHz = sampleRateHz;
    }

    /** All fields but the file. */
    Map<String, String> fields() {
        return fields;
    }

    short[] pcm() {
        return pcm;
    }

    int sampleRateHz() {
        return sampleRateHz;
    }

    /** The form cannot be accepted; the message is for the client. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    static WavForm read(String contentType, byte[] body) throws Refused {
        Matcher boundary = BOUNDARY.matcher(contentType);
        check(boundary.matches(), "Content-Type must be multipart/form-data with a boundary");
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary.group(1);
        check(text.startsWith(delimiter + "\r\n"), "the body must begin with its boundary");
        check(text.endsWith("\r\n" + delimiter + "--\r\n"), "the body must end with its closing boundary");

        Map<String, String> fields = new HashMap<>();
        byte @Nullable [] file = null;
        int at = delimiter.length() + 2;
        while (at < text.length()) {
            int end = text.indexOf("\r\n" + delimiter, at);
            int blank = text.indexOf("\r\n\r\n", at);
            check(end >= 0 && blank >= 0 && blank < end, "a part without headers or end");
            Matcher name = NAME.matcher(text.substring(at, blank));
            check(name.find(), "a part without a name");
            if (name.group(1).equals("file")) {
                check(name.group(3) != null, "the file needs a file name");
                file = Arrays.copyOfRange(body, blank + 4, end);
            } else {
                fields.put(name.group(1), text.substring(blank + 4, end));
            }
            at = end + 2 + delimiter.length() + 2;
            if (text.startsWith("--", at - 2)) {
                at = text.length();
            }
        }
        if (file == null) {
            throw new Refused("file is missing");
        }
        check(!fields.getOrDefault("model", "").isEmpty(), "model is missing");
        return wav(fields, file);
    }

    private static WavForm wav(Map<String, String> fields, byte[] file) throws Refused {
        check(file.length >= WAV_HEADER_BYTES, "the file is too short for WAV");
        ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        check(ascii(file, 0).equals("RIFF") && ascii(file, 8).equals("WAVE"), "the file is not RIFF/WAVE");
        check(wav.getInt(4) == file.length - 8, "the RIFF length is wrong");
        check(ascii(file, 12).equals("fmt ") && wav.getInt(16) == 16, "fmt must come first and be 16 bytes long");
        check(
                wav.getShort(20) == 1 && wav.getShort(22) == 1 && wav.getShort(34) == 16,
                "only mono PCM of 16 bit is understood");
        int rateHz = wav.getInt(24);
        check(rateHz >= 8000 && rateHz <= 48_000, "the sample rate must lie between 8 and 48 kHz");
        check(wav.getInt(28) == rateHz * 2 && wav.getShort(32) == 2, "byte rate or block size is wrong");
        check(
                ascii(file, 36).equals("data") && wav.getInt(40) == file.length - WAV_HEADER_BYTES,
                "the data length is wrong");
        short[] pcm = new short[(file.length - WAV_HEADER_BYTES) / 2];
        wav.position(WAV_HEADER_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(pcm);
        return new WavForm(Map.copyOf(fields), pcm, rateHz);
    }

    private static String ascii(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.US_ASCII);
    }

    private static void check(boolean holds, String complaint) throws Refused {
        if (!holds) {
            throw new Refused(complaint);
        }
    }
}
