package dev.revox.sip.signaling.switchboard;

import java.util.List;
import java.util.Locale;

/** What the other side can read in our answer. <b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §20.1. */
final class Accepted {

    private Accepted() {}

    /** Whether a session description may be sent to who sent these Accept headers; without any, it may. */
    static boolean sdp(List<String> accept) {
        if (accept.isEmpty()) {
            return true;
        }
        for (String header : accept) {
            for (String range : header.split(",", -1)) {
                String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (type.equals("application/sdp") || type.equals("application/*") || type.equals("*/*")) {
                    return true;
                }
            }
        }
        return false;
    }
}
