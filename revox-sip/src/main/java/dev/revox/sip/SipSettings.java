package dev.revox.sip;

import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.valve.ValveSettings;
import dev.revox.sip.tls.SipTls;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a line appears in the network.
 *
 * <p><b>Thread:</b> Immutable; each {@code with} method returns a changed copy.
 *
 * @param bindAddress IP address to listen on; when empty, the one this machine uses towards the first trunk
 * @param sipPort port for SIP over UDP, and over TCP where a trunk uses it; 0 for any free one
 * @param advertisedAddress IP address that others reach us under when it is not the bound one (NAT)
 * @param codecs what is offered, the preferred first
 * @param t1 estimated round trip; all SIP timers are multiples of it (RFC 3261 §17.1.1.1)
 * @param userAgent value of the User-Agent header
 * @param dialogs session timers, redirects, transfers, digits
 * @param valve how many messages are read from whom
 * @param maxIncomingCalls calls at a time, in and out, beyond which new incoming ones get 503; 0 for no limit
 * @param tls whom we trust over TLS, and what we show of ourselves
 */
public record SipSettings(
        Optional<String> bindAddress,
        int sipPort,
        Optional<String> advertisedAddress,
        List<AudioCodec> codecs,
        Duration t1,
        String userAgent,
        DialogSettings dialogs,
        ValveSettings valve,
        int maxIncomingCalls,
        SipTls tls) {

    /** Any free port on the way to the trunk; PCMU, PCMA, Opus, G.722; T1 = 500 ms. */
    public static final SipSettings DEFAULT = new SipSettings(
            Optional.empty(),
            0,
            Optional.empty(),
            List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS, AudioCodec.G722),
            SipTimers.DEFAULT.t1(),
            "Revox",
            DialogSettings.DEFAULT,
            ValveSettings.DEFAULT,
            1_000,
            SipTls.DEFAULT);

    public SipSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(advertisedAddress, "advertisedAddress");
        bindAddress.ifPresent(address -> requireLiteral("bindAddress", address));
        advertisedAddress.ifPresent(address -> requireLiteral("advertisedAddress", address));
        if (sipPort < 0 || sipPort > 65_535) {
            throw new IllegalArgumentException("sipPort must be within 0..65535, was " + sipPort);
        }
        Objects.requireNonNull(dialogs, "dialogs");
        Objects.requireNonNull(valve, "valve");
        Objects.requireNonNull(tls, "tls");
        if (maxIncomingCalls < 0) {
            throw new IllegalArgumentException("maxIncomingCalls must not be negative, was " + maxIncomingCalls);
        }
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("codecs must name at least one codec");
        }
        if (t1.compareTo(Duration.ofMillis(10)) < 0 || t1.compareTo(Duration.ofSeconds(5)) > 0) {
            throw new IllegalArgumentException("t1 must be within 10 ms..5 s, was " + t1);
        }
        if (userAgent.isBlank() || userAgent.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("userAgent must be printable ASCII");
        }
        boolean wildcard =
                bindAddress.filter(a -> a.equals("0.0.0.0") || a.equals("::")).isPresent();
        if (wildcard && advertisedAddress.isEmpty()) {
            throw new IllegalArgumentException("advertisedAddress must be set when bindAddress is a wildcard");
        }
    }

    private static void requireLiteral(String field, String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException(field + " must be an IP address, was \"" + address + "\"");
        }
    }

    public SipSettings withBindAddress(String address) {
        return new SipSettings(
                Optional.of(address),
                sipPort,
                advertisedAddress,
                codecs,
                t1,
                userAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withSipPort(int port) {
        return new SipSettings(
                bindAddress, port, advertisedAddress, codecs, t1, userAgent, dialogs, valve, maxIncomingCalls, tls);
    }

    public SipSettings withAdvertisedAddress(String address) {
        return new SipSettings(
                bindAddress,
                sipPort,
                Optional.of(address),
                codecs,
                t1,
                userAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withCodecs(AudioCodec... newCodecs) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                List.of(newCodecs),
                t1,
                userAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withT1(Duration newT1) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                codecs,
                newT1,
                userAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withUserAgent(String newUserAgent) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                codecs,
                t1,
                newUserAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withValve(ValveSettings newValve) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                codecs,
                t1,
                userAgent,
                dialogs,
                newValve,
                maxIncomingCalls,
                tls);
    }

    public SipSettings withMaxIncomingCalls(int most) {
        return new SipSettings(
                bindAddress, sipPort, advertisedAddress, codecs, t1, userAgent, dialogs, valve, most, tls);
    }

    public SipSettings withTls(SipTls newTls) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                codecs,
                t1,
                userAgent,
                dialogs,
                valve,
                maxIncomingCalls,
                newTls);
    }

    public SipSettings withDialogs(DialogSettings newDialogs) {
        return new SipSettings(
                bindAddress,
                sipPort,
                advertisedAddress,
                codecs,
                t1,
                userAgent,
                newDialogs,
                valve,
                maxIncomingCalls,
                tls);
    }
}
