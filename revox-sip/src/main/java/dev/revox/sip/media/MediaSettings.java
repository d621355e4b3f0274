package dev.revox.sip.media;

import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.sip.transport.DatagramTransport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * How a line carries sound.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param bindAddress where media sockets are bound
 * @param lowestPort first port of the range for RTP and RTCP
 * @param highestPort last port of it, inclusive; two ports per leg
 * @param loops media threads, at least 1
 * @param transport what carries datagrams
 * @param voiceActivity judges speech on every leg; stays open when the plane closes
 * @param noMediaAfterAnswer how long a leg may be silent on the wire from the answer on, before its first packet
 * @param noMediaMidCall how long later
 * @param sounds what legs play and listen for beside speech
 */
public record MediaSettings(
        InetAddress bindAddress,
        int lowestPort,
        int highestPort,
        int loops,
        DatagramTransport.Kind transport,
        VoiceActivityModel voiceActivity,
        Duration noMediaAfterAnswer,
        Duration noMediaMidCall,
        SoundSettings sounds) {

    public static final int DEFAULT_LOWEST_PORT = 16_384;
    public static final int DEFAULT_HIGHEST_PORT = 32_767;

    public MediaSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(voiceActivity, "voiceActivity");
        Objects.requireNonNull(sounds, "sounds");
        if (loops < 1) {
            throw new IllegalArgumentException("loops must be at least 1, was " + loops);
        }
        if (noMediaAfterAnswer.isNegative() || noMediaMidCall.isNegative()) {
            throw new IllegalArgumentException("noMediaAfterAnswer and noMediaMidCall must not be negative");
        }
    }

    /**
     * Ports {@value #DEFAULT_LOWEST_PORT}..{@value #DEFAULT_HIGHEST_PORT}, one loop per two cores, the JDK's channels, 30 s
     * without media after the answer and 15 s in the middle of a call.
     */
    public static MediaSettings defaults(InetAddress bindAddress, VoiceActivityModel voiceActivity) {
        return new MediaSettings(
                bindAddress,
                DEFAULT_LOWEST_PORT,
                DEFAULT_HIGHEST_PORT,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                DatagramTransport.Kind.JDK,
                voiceActivity,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                SoundSettings.DEFAULT);
    }

    public MediaSettings withSounds(SoundSettings newSounds) {
        return new MediaSettings(
                bindAddress,
                lowestPort,
                highestPort,
                loops,
                transport,
                voiceActivity,
                noMediaAfterAnswer,
                noMediaMidCall,
                newSounds);
    }

    public MediaSettings withPorts(int lowest, int highest) {
        return new MediaSettings(
                bindAddress,
                lowest,
                highest,
                loops,
                transport,
                voiceActivity,
                noMediaAfterAnswer,
                noMediaMidCall,
                sounds);
    }

    public MediaSettings withLoops(int count) {
        return new MediaSettings(
                bindAddress,
                lowestPort,
                highestPort,
                count,
                transport,
                voiceActivity,
                noMediaAfterAnswer,
                noMediaMidCall,
                sounds);
    }

    public MediaSettings withTransport(DatagramTransport.Kind kind) {
        return new MediaSettings(
                bindAddress,
                lowestPort,
                highestPort,
                loops,
                kind,
                voiceActivity,
                noMediaAfterAnswer,
                noMediaMidCall,
                sounds);
    }

    /** Zero switches a limit off. */
    public MediaSettings withMediaLimits(Duration afterAnswer, Duration midCall) {
        return new MediaSettings(
                bindAddress, lowestPort, highestPort, loops, transport, voiceActivity, afterAnswer, midCall, sounds);
    }
}
