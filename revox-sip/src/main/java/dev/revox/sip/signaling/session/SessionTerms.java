package dev.revox.sip.signaling.session;

import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.header.OptionTags;
import dev.revox.sip.signaling.header.SessionExpires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the two sides have agreed about the length of the session, and the header fields that say so.
 *
 * <p>An interval is agreed anew by every 2xx to an INVITE or UPDATE. The role in the header belongs to the transaction, not to
 * the call: {@code uac} is whoever sent the request.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 4028 §7, §9.
 */
public final class SessionTerms {

    /** An interval, and whose turn it is to refresh. */
    public record Agreed(Duration interval, boolean weRefresh) {}

    private static final int MAX_RAISES = 3;

    /** A 2xx may not ask for less than 90 s, but some do; no wish makes us send refreshes in a storm. */
    private static final int LEAST_SECONDS = 4;

    private final int ownMinimum;
    private int wished;
    private int demanded;
    private int raises;
    private Optional<Agreed> agreed = Optional.empty();

    public SessionTerms(DialogSettings settings) {
        this.ownMinimum = Math.toIntExact(settings.minSessionInterval().toSeconds());
        this.wished = Math.toIntExact(settings.sessionInterval().toSeconds());
    }

    /** Empty while the session may last for ever. */
    public Optional<Agreed> agreed() {
        return agreed;
    }

    /** The fields of an INVITE or UPDATE of ours. */
    public List<SipHeader> asked() {
        List<SipHeader> headers = new ArrayList<>();
        int seconds = agreed.map(a -> Math.toIntExact(a.interval().toSeconds())).orElse(wished);
        if (seconds > 0) {
            Optional<String> role = agreed.map(a -> a.weRefresh() ? "uac" : "uas");
            headers.add(new SipHeader("Session-Expires", new SessionExpires(Math.max(seconds, demanded), role).text()));
            int minimum = Math.max(demanded, ownMinimum);
            if (demanded > 0 || minimum > 90) {
                headers.add(new SipHeader("Min-SE", Integer.toString(minimum)));
            }
        }
        return headers;
    }

    /** Takes a 422; true when asking again can succeed. */
    public boolean raised(SipFrame tooBrief) {
        int minimum = SessionExpires.minimum(tooBrief);
        raises++;
        if (minimum <= demanded || raises > MAX_RAISES) {
            return false;
        }
        demanded = minimum;
        wished = Math.max(wished, minimum);
        agreed = agreed.map(
                a -> new Agreed(Duration.ofSeconds(Math.max(a.interval().toSeconds(), minimum)), a.weRefresh()));
        return true;
    }

    /** Takes the 2xx to a request of ours. */
    public void accepted(SipFrame response) {
        // A response that leaves the role open breaks RFC 4028 §9; whoever asked refreshes then, which harms nobody.
        agreed = SessionExpires.of(response)
                .map(e -> new Agreed(
                        Duration.ofSeconds(Math.max(e.seconds(), LEAST_SECONDS)),
                        e.refresher().orElse("uac").equals("uac")));
    }

    /** 422 for an interval that is too brief for us, if the other side would understand that. */
    public Optional<SipReply> objection(SipFrame request) {
        Optional<SessionExpires> wish = SessionExpires.of(request);
        return wish.isPresent() && wish.get().seconds() < ownMinimum && OptionTags.supported(request, OptionTags.TIMER)
                ? Optional.of(SipReply.of(422).with("Min-SE", Integer.toString(ownMinimum)))
                : Optional.empty();
    }

    /** Agrees to a request of the other side's; the fields of our 2xx. */
    public List<SipHeader> granted(SipFrame request) {
        boolean understands = OptionTags.supported(request, OptionTags.TIMER);
        Optional<SessionExpires> wish = SessionExpires.of(request);
        int seconds = wish.map(SessionExpires::seconds)
                .or(() -> agreed.map(a -> Math.toIntExact(a.interval().toSeconds())))
                .orElse(understands ? wished : 0);
        if (seconds == 0) {
            agreed = Optional.empty();
            return List.of();
        }
        seconds = Math.max(seconds, Math.max(SessionExpires.minimum(request), wish.isPresent() ? 0 : demanded));
        seconds = Math.max(seconds, ownMinimum);
        boolean theyRefresh = understands
                && wish.flatMap(SessionExpires::refresher)
                        .map("uac"::equals)
                        .orElseGet(() -> agreed.map(a -> !a.weRefresh()).orElse(wish.isPresent()));
        agreed = Optional.of(new Agreed(Duration.ofSeconds(seconds), !theyRefresh));
        String role = theyRefresh ? "uac" : "uas";
        SipHeader expires = new SipHeader("Session-Expires", new SessionExpires(seconds, Optional.of(role)).text());
        return understands ? List.of(expires, new SipHeader("Require", OptionTags.TIMER)) : List.of(expires);
    }
}
