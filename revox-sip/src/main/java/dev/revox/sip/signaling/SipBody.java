package dev.revox.sip.signaling;

import java.util.Locale;

/** A message body. Its {@code toString} does not show the content. <b>Thread:</b> Immutable. */
public record SipBody(String contentType, String content) {

    /** A session description. */
    public static SipBody sdp(String content) {
        return new SipBody("application/sdp", content);
    }

    public boolean isSdp() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/sdp");
    }

    @Override
    public String toString() {
        return contentType + " (" + content.length() + " characters)";
    }
}
