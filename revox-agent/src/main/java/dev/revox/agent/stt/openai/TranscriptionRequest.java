package dev.revox.agent.stt.openai;

import dev.revox.agent.provider.ProviderSettings;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An utterance as a form with a WAV file in it.
 *
 * <p><b>Spec:</b> RFC 7578 for the form; RIFF/WAVE with format tag 1 for the file.
 *
 * <p><b>Thread:</b> Immutable.
 */
record TranscriptionRequest(ProviderSettings provider, Optional<String> language) {

    private static final int WAV_HEADER_BYTES = 44;

    // Fixed: it must not occur in the parts, and a WAV file of speech that spells it out is no speech.
    private static final String BOUNDARY = "revox-7d1c9a52e8f64b0b";

    HttpRequest of(short[] pcm, int sampleRateHz) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(WAV_HEADER_BYTES + pcm.length * 2 + 1024);
        field(body, "model", provider.model());
        field(body, "response_format", "json");
        language.ifPresent(code -> field(body, "language", code));
        ascii(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"speech.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n");
        body.writeBytes(wav(pcm, sampleRateHz));
        ascii(body, "\r\n--" + BOUNDARY + "--\r\n");
        return HttpRequest.newBuilder(provider.at("/audio/transcriptions"))
                .header("Authorization", "Bearer " + provider.apiKey().reveal())
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    private static void field(ByteArrayOutputStream body, String name, String value) {
        ascii(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
        body.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        ascii(body, "\r\n");
    }

    private static void ascii(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] wav(short[] pcm, int sampleRateHz) {
        int dataBytes = pcm.length * 2;
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEADER_BYTES - 8 + dataBytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(sampleRateHz).putInt(sampleRateHz * 2);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        wav.asShortBuffer().put(pcm);
        return wav.array();
    }
}
