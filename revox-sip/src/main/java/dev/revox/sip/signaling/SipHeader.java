package dev.revox.sip.signaling;

/**
 * A header field that we write. A line end in it is a defect of ours and is refused.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record SipHeader(String name, String value) {

    public SipHeader {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException("header " + name + " would hold a control character");
            }
        }
    }
}
