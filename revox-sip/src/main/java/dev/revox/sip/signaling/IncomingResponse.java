package dev.revox.sip.signaling;

/** A response that came in. <b>Thread:</b> Immutable. */
public record IncomingResponse(int status, String phrase, SipFrame frame) {

    public boolean provisional() {
        return status < 200;
    }

    public boolean success() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return status + " to " + frame;
    }
}
