package dev.revox.sip.signaling.header;

import dev.revox.line.CallerClaims;
import dev.revox.line.CallerClaims.Attestation;
import dev.revox.line.CallerClaims.Diversion;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.SipFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a call says that it is from, beyond From itself.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3323, RFC 3325, RFC 5806, RFC 7044, RFC 8224, RFC 8225, RFC 8588.
 */
public final class CallerHeaders {

    private static final Pattern ATTEST = Pattern.compile("\"attest\"\\s*:\\s*\"([ABC])\"");
    private static final Pattern VERSTAT = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern ESCAPED_CAUSE = Pattern.compile("(?i)[?&]Reason=[^&>]*?cause(?:%3D|=)([0-9]{3})");
    private static final int MAX_DIVERSIONS = 10;

    private CallerHeaders() {}

    public static CallerClaims of(SipFrame invite) {
        List<NameAddr> asserted = NameAddr.parseAll(invite.values("P-Asserted-Identity"));
        return new CallerClaims(
                asserted(invite),
                withheld(invite),
                asserted.stream()
                        .flatMap(address -> verstat(address).stream())
                        .findFirst()
                        .or(() -> NameAddr.parse(invite.from()).flatMap(CallerHeaders::verstat)),
                attestation(invite),
                invite.values("Identity"),
                diversions(invite));
    }

    /** The number in P-Asserted-Identity; a SIP URI and a tel URI may stand side by side. */
    public static Optional<PhoneNumber> asserted(SipFrame frame) {
        return NameAddr.parseAll(frame.values("P-Asserted-Identity")).stream()
                .flatMap(address -> number(address.uri()).stream())
                .findFirst();
    }

    private static Optional<PhoneNumber> number(String uri) {
        return SipUri.parse(uri).flatMap(SipUri::number);
    }

    private static boolean withheld(SipFrame frame) {
        return frame.values("Privacy").stream()
                .flatMap(value -> List.of(value.split("[;,]", -1)).stream())
                .map(String::strip)
                .anyMatch(value -> value.equalsIgnoreCase("id")
                        || value.equalsIgnoreCase("user")
                        || value.equalsIgnoreCase("header"));
    }

    // It stands in the URI, in its user part or behind it, or behind the brackets, depending on who wrote it.
    private static Optional<String> verstat(NameAddr address) {
        Optional<String> outside = address.parameter("verstat");
        String uri = address.uri();
        int inside = uri.indexOf(";verstat=");
        Optional<String> found = outside.isPresent() || inside < 0
                ? outside
                : Optional.of(uri.substring(inside + ";verstat=".length()).split("[;@?>]", 2)[0]);
        return found.filter(value -> VERSTAT.matcher(value).matches());
    }

    private static Optional<Attestation> attestation(SipFrame frame) {
        for (String token : frame.values("Identity")) {
            String[] parts = token.strip().split("[.;]", -1);
            if (parts.length >= 2) {
                Matcher matcher = ATTEST.matcher(decoded(parts[1]));
                if (matcher.find()) {
                    return Optional.of(Attestation.valueOf(matcher.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<Diversion> diversions(SipFrame frame) {
        List<Diversion> found = new ArrayList<>();
        for (NameAddr address : NameAddr.parseAll(frame.values("Diversion"))) {
            found.add(new Diversion(number(address.uri()), address.parameter("reason")));
        }
        if (found.isEmpty()) {
            for (NameAddr address :
                    NameAddr.parseAll(frame.values("History-Info")).reversed()) {
                // Only an entry with a cause was left behind for another one (RFC 7044 §10.3, RFC 4458).
                Matcher cause = ESCAPED_CAUSE.matcher(address.uri());
                if (cause.find()) {
                    found.add(new Diversion(number(address.uri()), reason(cause.group(1))));
                }
            }
        }
        return found.subList(0, Math.min(found.size(), MAX_DIVERSIONS));
    }

    private static Optional<String> reason(String cause) {
        return switch (cause) {
            case "486" -> Optional.of("user-busy");
            case "408" -> Optional.of("no-answer");
            case "302" -> Optional.of("unconditional");
            case "404" -> Optional.of("unknown");
            case "503", "480" -> Optional.of("unavailable");
            default -> Optional.of("sip-" + cause);
        };
    }
}
