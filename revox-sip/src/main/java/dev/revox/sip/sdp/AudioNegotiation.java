package dev.revox.sip.sdp;

import dev.revox.sip.sdes.CryptoAttribute;
import dev.revox.sip.sdes.KeyExchange;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdes.SrtpKeys;
import dev.revox.sip.sdp.NoCommonMediaException.Cause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One leg's half of every offer and answer about its one audio stream.
 *
 * <p>It remembers what it wrote last, so that the version in {@code o=} rises when, and only when, the description changes
 * (RFC 3264 §5, §8), and which payload number stands for which codec, so that a number never changes its meaning within a
 * session.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3264, RFC 8866, RFC 4733, RFC 5761, RFC 3605.
 */
public final class AudioNegotiation {

    /** An answer to send, and what it means for our media. */
    public record Answer(String sdp, NegotiatedMedia media) {

        /** The description may hold keys. */
        @Override
        public String toString() {
            return "Answer(" + media + ")";
        }
    }

    private static final String PLAIN = "RTP/AVP";
    private static final String SECURE = "RTP/SAVP";
    private static final int DEFAULT_PACKET_TIME_MS = 20;
    private static final Pattern DIRECTION = Pattern.compile("(?m)^a=(sendrecv|sendonly|recvonly|inactive)(?=\r?$)");
    private static final Pattern IP_LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private final List<AudioCodec> codecs;
    private final SdpWriter writer;
    private final int rtpPort;
    private final long sessionId;
    private final Map<AudioCodec, Integer> payloadTypes = new EnumMap<>(AudioCodec.class);
    private int narrowEvents = 101;
    private int wideEvents = 110;
    private long version;
    private String lastBody = "";
    private List<MediaDescription> sections = List.of();
    private Optional<String> readText = Optional.empty();
    private List<MediaDescription> read = List.of();
    private int audioSection;
    private boolean held;
    private boolean rtcpMux;
    private final KeyExchange keys;
    private String protocol;

    /**
     * Starts a session.
     *
     * @param codecs in order of preference
     * @param address what {@code c=} tells the other side, an IP literal
     * @param sessionId unique per session, below 2^62
     * @param keys whether and how the stream is encrypted
     */
    public AudioNegotiation(List<AudioCodec> codecs, String address, int rtpPort, long sessionId, KeyExchange keys) {
        this.keys = keys;
        this.protocol = keys.policy() == MediaEncryption.REQUIRED ? SECURE : PLAIN;
        this.codecs = List.copyOf(codecs);
        this.writer = new SdpWriter(address);
        this.rtpPort = rtpPort;
        this.sessionId = sessionId;
        for (AudioCodec codec : AudioCodec.values()) {
            payloadTypes.put(codec, codec.defaultPayloadType());
        }
    }

    /** Without encryption. */
    public AudioNegotiation(List<AudioCodec> codecs, String address, int rtpPort, long sessionId) {
        this(codecs, address, rtpPort, sessionId, new KeyExchange(MediaEncryption.OFF, new SecureRandom()));
    }

    /** Our offer: everything we can do, both ways, in the section that is ours; the others stay refused (RFC 3264 §8). */
    public String offer() {
        List<Map.Entry<AudioCodec, Integer>> offered = new ArrayList<>();
        boolean wide = false;
        for (AudioCodec codec : codecs) {
            offered.add(Map.entry(codec, payloadType(codec)));
            wide |= codec.clockRateHz() == 48_000;
        }
        List<Map.Entry<Integer, Integer>> events = new ArrayList<>();
        events.add(Map.entry(narrowEvents, 8_000));
        if (wide) {
            events.add(Map.entry(wideEvents, 48_000));
        }
        return publish(besideRefused(writer.audio(new SdpWriter.Audio(
                rtpPort,
                protocol,
                offered,
                events,
                false,
                DEFAULT_PACKET_TIME_MS,
                ours(Direction.SENDRECV),
                rtcpMux,
                keys.offer()))));
    }

    /**
     * Our offer in the middle of a call: what was agreed, held or not. While nothing changes, its version does not either
     * (RFC 4028 §7.4, RFC 3264 §8).
     */
    public String reoffer(boolean hold) {
        if (hold == held) {
            return writer.session(sessionId, version) + lastBody;
        }
        held = hold;
        String body = lastBody.substring(writer.time().length());
        return publish(DIRECTION
                .matcher(body)
                .replaceFirst("a=" + ours(Direction.SENDRECV).attribute()));
    }

    /** Whether we hold the call: takes effect in the next offer or answer. */
    public void hold(boolean hold) {
        held = hold;
    }

    private Direction ours(Direction direction) {
        return held ? direction.held() : direction;
    }

    /** Sections stay in their places for as long as the session lasts (RFC 3264 §8). */
    private String besideRefused(String audio) {
        if (sections.isEmpty()) {
            return audio;
        }
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            body.append(i == audioSection ? audio : writer.refused(sections.get(i)));
        }
        return body.toString();
    }

    // An offer is checked before it is answered: it is read once.
    private List<MediaDescription> parsed(String text) throws SdpException {
        if (!readText.equals(Optional.of(text))) {
            read = SdpParser.parse(text);
            readText = Optional.of(text);
        }
        return read;
    }

    /** Reads the answer to {@link #offer()}; may be called again for another early dialog's answer. */
    public NegotiatedMedia accept(String answer) throws SdpException {
        MediaDescription audio = firstAudio(parsed(answer));
        for (PayloadFormat format : audio.payloadFormats()) {
            Optional<AudioCodec> codec = AudioCodec.of(format).filter(codecs::contains);
            if (codec.isPresent()) {
                Optional<PayloadFormat> events = events(audio, codec.get());
                OptionalInt receiveEvents = OptionalInt.empty();
                if (events.isPresent()) {
                    receiveEvents = OptionalInt.of(events.get().clockRateHz() == 8_000 ? narrowEvents : wideEvents);
                }
                Optional<SrtpKeys> agreed = keys.accept(audio.attributeValues("crypto"));
                requireEncryption(audio, agreed.isPresent());
                return media(audio, format, codec.get(), payloadType(codec.get()), events, receiveEvents, agreed);
            }
        }
        throw new NoCommonMediaException(Cause.FORMAT, "the answer holds no codec that was offered");
    }

    /** Finds out whether {@link #answer} would succeed, and changes nothing. */
    public void check(String offer) throws SdpException {
        MediaDescription audio = firstAudio(parsed(offer));
        for (PayloadFormat format : audio.payloadFormats()) {
            Optional<AudioCodec> codec = AudioCodec.of(format).filter(codecs::contains);
            if (codec.isPresent()) {
                NegotiatedMedia unused = media(
                        audio,
                        format,
                        codec.get(),
                        format.payloadType(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty());
                return;
            }
        }
        throw new NoCommonMediaException(Cause.FORMAT, "the offer holds no codec that we have");
    }

    /** Answers an offer: the first audio stream that suits us, every other section refused. */
    public Answer answer(String offer) throws SdpException {
        List<MediaDescription> offered = parsed(offer);
        MediaDescription audio = firstAudio(offered);
        for (PayloadFormat format : audio.payloadFormats()) {
            Optional<AudioCodec> codec = AudioCodec.of(format).filter(codecs::contains);
            if (codec.isPresent()) {
                return answer(offered, audio, format, codec.get());
            }
        }
        throw new NoCommonMediaException(Cause.FORMAT, "the offer holds no codec that we have");
    }

    private Answer answer(
            List<MediaDescription> offered, MediaDescription audio, PayloadFormat format, AudioCodec codec)
            throws SdpException {
        payloadTypes.put(codec, format.payloadType());
        Optional<PayloadFormat> events = events(audio, codec);
        events.ifPresent(this::rememberEvents);
        OptionalInt eventType = events.isPresent() ? OptionalInt.of(events.get().payloadType()) : OptionalInt.empty();
        Optional<KeyExchange.Agreed> agreed = keys.answer(audio.attributeValues("crypto"));
        requireEncryption(audio, agreed.isPresent());
        NegotiatedMedia media = media(
                audio, format, codec, format.payloadType(), events, eventType, agreed.map(KeyExchange.Agreed::keys));
        rtcpMux = media.rtcpMux();
        protocol = audio.protocol();
        List<Map.Entry<Integer, Integer>> eventLines = events.map(
                        e -> List.of(Map.entry(e.payloadType(), e.clockRateHz())))
                .orElse(List.of());
        sections = offered;
        audioSection = offered.indexOf(audio);
        String body = besideRefused(writer.audio(new SdpWriter.Audio(
                rtpPort,
                protocol,
                List.of(Map.entry(codec, format.payloadType())),
                eventLines,
                takesNoise(audio, codec),
                media.packetTimeMs(),
                ours(audio.direction().mirrored()),
                rtcpMux,
                agreed.map(KeyExchange.Agreed::line).stream().toList())));
        return new Answer(publish(body), media);
    }

    // RFC 4568 §7.1.2: a stream over RTP/SAVP without keys that we can use is no stream for us.
    private void requireEncryption(MediaDescription audio, boolean agreed) throws NoCommonMediaException {
        boolean demanded = keys.policy() == MediaEncryption.REQUIRED
                || audio.protocol().toUpperCase(Locale.ROOT).equals(SECURE);
        if (demanded && !agreed) {
            throw new NoCommonMediaException(Cause.TRANSPORT, "no keys for an encrypted stream");
        }
    }

    /** We never ask for it: silence that is sent sounds better. */
    private static boolean takesNoise(MediaDescription audio, AudioCodec codec) {
        return codec.clockRateHz() == 8000 && audio.payloadFormats().stream().anyMatch(PayloadFormat::comfortNoise);
    }

    private void rememberEvents(PayloadFormat events) {
        if (events.clockRateHz() == 8_000) {
            narrowEvents = events.payloadType();
        } else {
            wideEvents = events.payloadType();
        }
    }

    private int payloadType(AudioCodec codec) {
        return payloadTypes.getOrDefault(codec, codec.defaultPayloadType());
    }

    private String publish(String mediaSections) {
        String body = writer.time() + mediaSections;
        if (!body.equals(lastBody)) {
            version++;
            lastBody = body;
        }
        return writer.session(sessionId, version) + body;
    }

    private MediaDescription firstAudio(List<MediaDescription> offered) throws SdpException {
        boolean audioThere = false;
        for (MediaDescription section : offered) {
            if (section.kind().equals("audio") && section.port() != 0) {
                audioThere = true;
                if (suits(section)) {
                    return section;
                }
            }
        }
        throw audioThere
                ? new NoCommonMediaException(Cause.TRANSPORT, "no audio stream over a transport that suits")
                : new NoCommonMediaException(Cause.MEDIA, "no audio stream");
    }

    private boolean suits(MediaDescription section) {
        String offered = section.protocol().toUpperCase(Locale.ROOT);
        boolean keyed = keys.policy() != MediaEncryption.OFF
                && section.attributeValues("crypto").stream()
                        .anyMatch(line -> CryptoAttribute.parse(line).isPresent());
        return switch (offered) {
            case PLAIN -> keyed || keys.policy() != MediaEncryption.REQUIRED;
            case SECURE -> keyed;
            default -> false;
        };
    }

    // RFC 4733 §2.1: events share the clock of the audio they interrupt; some peers only ever name 8000.
    private static Optional<PayloadFormat> events(MediaDescription audio, AudioCodec codec) {
        Optional<PayloadFormat> any = Optional.empty();
        for (PayloadFormat format : audio.payloadFormats()) {
            if (format.telephoneEvent() && format.clockRateHz() == codec.clockRateHz()) {
                return Optional.of(format);
            }
            if (format.telephoneEvent() && format.clockRateHz() == 8_000 && any.isEmpty()) {
                any = Optional.of(format);
            }
        }
        return any;
    }

    private static NegotiatedMedia media(
            MediaDescription audio,
            PayloadFormat format,
            AudioCodec codec,
            int receivePayloadType,
            Optional<PayloadFormat> events,
            OptionalInt receiveEvents,
            Optional<SrtpKeys> srtp)
            throws SdpException {
        String host = audio.connection().orElseThrow(() -> new SdpException("the audio stream has no c= line"));
        InetAddress address = literal(host);
        boolean mux = audio.has("rtcp-mux");
        return new NegotiatedMedia(
                codec.encodingName(),
                format.payloadType(),
                receivePayloadType,
                codec.clockRateHz(),
                format.formatParameters(),
                events.isPresent() ? OptionalInt.of(events.get().payloadType()) : OptionalInt.empty(),
                receiveEvents,
                events.map(PayloadFormat::clockRateHz).orElse(8_000),
                packetTimeMs(audio),
                new InetSocketAddress(address, audio.port()),
                rtcp(audio, address, mux),
                mux,
                // RFC 3264 §8.4: an unspecified address is how RFC 2543 put a call on hold.
                audio.direction().receives() && !address.isAnyLocalAddress(),
                audio.direction().sends(),
                srtp);
    }

    private static InetSocketAddress rtcp(MediaDescription audio, InetAddress rtpAddress, boolean mux)
            throws SdpException {
        if (mux) {
            return new InetSocketAddress(rtpAddress, audio.port());
        }
        String[] fields = audio.attribute("rtcp").orElse("").split(" +", -1);
        int port = MediaDescription.number(fields[0], 65_535);
        if (port <= 0) {
            return new InetSocketAddress(rtpAddress, Math.min(audio.port() + 1, 65_535));
        }
        return new InetSocketAddress(fields.length == 4 ? literal(fields[3]) : rtpAddress, port);
    }

    // Never a DNS lookup on a signalling thread, and never a name that the other side may point where it likes.
    private static InetAddress literal(String host) throws SdpException {
        if (host.length() > 45 || !IP_LITERAL.matcher(host).matches()) {
            throw new SdpException("media address is not an IP literal");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SdpException("media address is not an IP literal");
        }
    }

    private static int packetTimeMs(MediaDescription audio) {
        int wished = MediaDescription.number(audio.attribute("ptime").orElse(""), 1_000);
        int most = MediaDescription.number(audio.attribute("maxptime").orElse(""), 1_000);
        int packetTimeMs = wished >= 10 && wished <= 60 && wished % 10 == 0 ? wished : DEFAULT_PACKET_TIME_MS;
        return most >= 10 && most < packetTimeMs ? most / 10 * 10 : packetTimeMs;
    }
}
