package dev.revox.sip.registration;

import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.List;

/**
 * Asks a trunk again and again whether it is there. Any answer but "try later" says that it is, a refusal too.
 *
 * <p><b>Thread:</b> Confined to the trunk's upkeep mailbox. <b>Spec:</b> RFC 3261 §11.
 */
final class Pings implements Question.Asker {

    private final Means means;
    private final Duration every;
    private Alarm alarm = () -> {};
    private long askedNanos;
    private boolean leaving;

    Pings(Means means, Duration every) {
        this.means = means;
        this.every = every;
    }

    void begin() {
        means.mailbox().execute(this::ask);
    }

    void leave() {
        means.mailbox().execute(() -> {
            leaving = true;
            alarm.cancel();
        });
    }

    private void ask() {
        if (leaving) {
            return;
        }
        askedNanos = means.time().nanoTime();
        Question.Series series =
                new Question.Series(means.tokens().next(), means.tokens().next());
        List<SipHeader> headers = List.of(new SipHeader("Contact", means.local().contact()));
        Question.ask(means, series, "OPTIONS", headers, means.digest().get(), this);
    }

    private void askLater() {
        Duration since = Duration.ofNanos(means.time().nanoTime() - askedNanos);
        Duration pause = every.compareTo(since) > 0 ? every.minus(since) : Duration.ofSeconds(1);
        if (!leaving) {
            alarm = means.time().schedule(pause, () -> means.mailbox().execute(this::ask));
        }
    }

    @Override
    public void answered(IncomingResponse response) {
        if (response.status() == 503 || response.status() == 408) {
            means.trunk().missed();
        } else {
            means.trunk().heard();
        }
        askLater();
    }

    @Override
    public void unanswered() {
        means.trunk().missed();
        askLater();
    }
}
