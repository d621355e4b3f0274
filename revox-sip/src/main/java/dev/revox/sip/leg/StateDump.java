package dev.revox.sip.leg;

import dev.revox.line.MediaReport;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a line holds, as text. Shows no telephone number. <b>Thread:</b> Thread-safe. */
public final class StateDump {

    private StateDump() {}

    /** One line for the whole and one for each leg. */
    public static String of(
            String sentBy,
            List<String> trunks,
            int openTransactions,
            int dialogs,
            Collection<SipLeg> legs,
            long nowNanos) {
        StringBuilder text = new StringBuilder();
        text.append("SIP line ").append(sentBy).append('\n');
        text.append("trunks: ").append(String.join(", ", trunks)).append('\n');
        text.append("transactions: ").append(openTransactions).append(" open\n");
        text.append("dialogs: ").append(dialogs).append(" up, being set up, or kept for repeated answers\n");
        text.append("legs: ").append(legs.size()).append('\n');
        legs.stream().sorted(Comparator.comparing(SipLeg::legId)).forEach(leg -> line(text, leg, nowNanos));
        return text.toString();
    }

    private static void line(StringBuilder text, SipLeg leg, long nowNanos) {
        SipLeg.Now now = leg.now(nowNanos);
        MediaReport media = leg.mediaReport();
        text.append(String.format(
                Locale.ROOT,
                "  leg=%s state=%s for=%ds rtp-port=%s codec=%s srtp=%s sent=%d received=%d lost=%d dropped=%d%n",
                leg.legId(),
                now.state(),
                now.seconds(),
                now.rtpPort().isPresent() ? Integer.toString(now.rtpPort().getAsInt()) : "none",
                media.codec().isEmpty() ? "none" : media.codec(),
                now.encryption().isEmpty() ? "off" : now.encryption(),
                media.packetsSent(),
                media.packetsReceived(),
                media.packetsLost(),
                media.packetsDropped()));
    }
}
