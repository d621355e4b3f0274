package dev.revox.testkit.phone.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A SIP message as lines of text.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §7; folded lines and compact names are read, never written.
 */
public record SipText(String startLine, List<Header> headers, String body) {

    record Header(String name, String value) {}

    private static final Map<String, String> COMPACT = Map.of(
            "v",
            "via",
            "f",
            "from",
            "t",
            "to",
            "i",
            "call-id",
            "m",
            "contact",
            "l",
            "content-length",
            "c",
            "content-type");

    public SipText {
        headers = List.copyOf(headers);
    }

    static Optional<SipText> parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0 || !text.contains("SIP/2.0")) {
            return Optional.empty();
        }
        String[] lines =
                text.substring(0, headEnd).replaceAll("\r\n[ \t]+", " ").split("\r\n");
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).trim();
                String full = COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name);
                headers.add(new Header(full, lines[i].substring(colon + 1).trim()));
            }
        }
        return Optional.of(new SipText(lines[0], headers, text.substring(headEnd + 4)));
    }

    public static SipText request(String method, String uri) {
        return new SipText(method + " " + uri + " SIP/2.0", List.of(), "");
    }

    /** A response with the headers that RFC 3261 §8.2.6.2 wants copied. */
    public SipText response(int status, String toTag) {
        List<Header> copied = new ArrayList<>();
        for (Header header : headers) {
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "via", "from", "call-id", "cseq", "record-route" -> copied.add(header);
                case "to" -> {
                    boolean tagged = status == 100 || header.value().contains(";tag=");
                    copied.add(new Header("To", tagged ? header.value() : header.value() + ";tag=" + toTag));
                }
                default -> {}
            }
        }
        return new SipText("SIP/2.0 " + status + " " + reason(status), copied, "");
    }

    private static String reason(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 480 -> "Temporarily Unavailable";
            case 481 -> "Call/Transaction Does Not Exist";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 503 -> "Service Unavailable";
            case 603 -> "Decline";
            default -> "Status " + status;
        };
    }

    public SipText with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new SipText(startLine, more, body);
    }

    SipText withAll(String name, List<String> values) {
        SipText text = this;
        for (String value : values) {
            text = text.with(name, value);
        }
        return text;
    }

    public SipText withSdp(String sdp) {
        return new SipText(startLine, with("Content-Type", "application/sdp").headers, sdp);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        headers.forEach(
                h -> text.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        text.append("Content-Length: ").append(length).append("\r\n\r\n").append(body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    public boolean isRequest() {
        return !startLine.startsWith("SIP/2.0 ");
    }

    public String method() {
        return isRequest() ? startLine.substring(0, startLine.indexOf(' ')) : cseqMethod();
    }

    public int status() {
        return isRequest() ? 0 : Integer.parseInt(startLine.substring(8, 11));
    }

    public String header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    public String callId() {
        return header("call-id");
    }

    public String cseqMethod() {
        String cseq = header("cseq");
        return cseq.substring(cseq.indexOf(' ') + 1).trim();
    }

    public boolean inDialog() {
        return header("to").contains(";tag=");
    }

    /** What tells one transaction from another (RFC 3261 §17.2.3); ACK and CANCEL bear the method of their own. */
    public String transaction() {
        return parameter(header("via"), "branch") + " " + cseqMethod();
    }

    static String parameter(String value, String name) {
        int at = value.indexOf(";" + name + "=");
        if (at < 0) {
            return "";
        }
        String rest = value.substring(at + name.length() + 2);
        int end = 0;
        while (end < rest.length() && ";,> \t".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }

    /** The address in angle brackets, or the bare one. */
    public static String uri(String nameAddress) {
        int open = nameAddress.indexOf('<');
        if (open >= 0) {
            return nameAddress.substring(open + 1, nameAddress.indexOf('>', open));
        }
        int semicolon = nameAddress.indexOf(';');
        return semicolon < 0 ? nameAddress : nameAddress.substring(0, semicolon);
    }
}
