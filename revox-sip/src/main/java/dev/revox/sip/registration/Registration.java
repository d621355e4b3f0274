package dev.revox.sip.registration;

import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps one trunk told where we are.
 *
 * <p>What is granted is renewed after half to nine tenths of its time. A registrar that wants more time (423) gets it; one that
 * rejects our credentials, or says no in another way, is asked again after half an hour, because asking faster locks accounts; one
 * that does not answer, or fails, after 30 s at first and ever more slowly. Where the registrar sees us under another address than
 * we thought (NAT), we register that one.
 *
 * <p><b>Thread:</b> Confined to the trunk's upkeep mailbox. <b>Spec:</b> RFC 3261 §10, RFC 3581, RFC 3608, RFC 5626 §4.5.
 */
final class Registration implements Question.Asker {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final Duration MOST = Duration.ofDays(1);
    private static final int MAX_ADJUSTMENTS = 3;
    private static final System.Logger LOG = System.getLogger("dev.revox.sip.registration");
    private static final Pattern EXPIRES =
            Pattern.compile(";\\s*expires\\s*=\\s*\"?([0-9]{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern RECEIVED = Pattern.compile(";\\s*received\\s*=\\s*\\[?([0-9A-Fa-f.:]+)]?");
    private static final Pattern RPORT = Pattern.compile(";\\s*rport\\s*=\\s*([0-9]{1,5})");

    private final Means means;
    private final Question.Series series;
    private final Optional<DigestClient> digest;
    private Duration wanted;
    private String contactHostPort;
    private Alarm alarm = () -> {};
    private int failures;
    private int adjustments;
    private volatile boolean registered;
    private boolean leaving;
    private Runnable left = () -> {};

    Registration(Means means, Duration wanted) {
        this.means = means;
        this.wanted = wanted;
        this.series = new Question.Series(means.tokens().next(), means.tokens().next());
        this.digest = means.digest().get();
        this.contactHostPort = means.local().sentBy();
    }

    void begin() {
        means.mailbox().execute(this::ask);
    }

    boolean registered() {
        return registered;
    }

    /**
     * Takes the registration back.
     *
     * @param done runs when that has been answered, which takes a second request where the nonce is too old, or when there is none
     */
    void leave(Runnable done) {
        means.mailbox().execute(() -> {
            leaving = true;
            left = done;
            alarm.cancel();
            if (registered) {
                registered = false;
                wanted = Duration.ZERO;
                ask();
            } else {
                done.run();
            }
        });
    }

    private String contact() {
        return "<" + means.local().scheme() + ":revox@" + contactHostPort
                + means.local().parameters() + ">";
    }

    private void ask() {
        String seconds = Long.toString(wanted.toSeconds());
        List<SipHeader> headers =
                List.of(new SipHeader("Contact", contact() + ";expires=" + seconds), new SipHeader("Expires", seconds));
        Question.ask(means, series, "REGISTER", headers, digest, this);
    }

    private void askAfter(Duration pause) {
        if (!leaving) {
            alarm = means.time().schedule(pause, () -> means.mailbox().execute(this::ask));
        }
    }

    @Override
    public void answered(IncomingResponse response) {
        if (leaving) {
            left.run();
            return;
        }
        means.trunk().heard();
        int status = response.status();
        if (response.success()) {
            accepted(response);
        } else if (status == 423 && adjust(response)) {
            ask();
        } else {
            refused(response);
        }
    }

    private void accepted(IncomingResponse response) {
        boolean news = !registered;
        registered = true;
        failures = 0;
        means.trunk().serviceRoute(response.frame().values("Service-Route"));
        if (movedBehindNat(response) && adjustments < MAX_ADJUSTMENTS) {
            adjustments++;
            ask();
            return;
        }
        adjustments = 0;
        Duration granted = granted(response);
        if (news) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "trunk " + name() + " has registered us for " + granted.toSeconds() + " s");
        }
        askAfter(share(granted, 0.5, 0.9));
    }

    private String name() {
        return means.trunk().plan().name();
    }

    // The registrar lists every contact of ours; the one that counts is the one we sent.
    private Duration granted(IncomingResponse response) {
        Optional<String> own = response.frame().values("Contact").stream()
                .filter(contact -> contact.contains("@" + contactHostPort))
                .findFirst();
        Matcher expires = EXPIRES.matcher(own.orElse(""));
        String header = response.frame().first("Expires").orElse("");
        long seconds = wanted.toSeconds();
        if (expires.find()) {
            seconds = Long.parseLong(expires.group(1));
        } else if (header.matches("[0-9]{1,9}")) {
            seconds = Long.parseLong(header);
        }
        return Duration.ofSeconds(Math.clamp(seconds, 2, MOST.toSeconds()));
    }

    private boolean movedBehindNat(IncomingResponse response) {
        String via = response.frame().first("Via").orElse("");
        Matcher received = RECEIVED.matcher(via);
        Matcher rport = RPORT.matcher(via);
        if (!received.find() || !rport.find() || !means.local().parameters().isEmpty()) {
            return false;
        }
        String host = received.group(1);
        String seen = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + rport.group(1);
        if (seen.equals(contactHostPort)) {
            return false;
        }
        contactHostPort = seen;
        return true;
    }

    private boolean adjust(IncomingResponse response) {
        String least = response.frame().first("Min-Expires").orElse("");
        adjustments++;
        if (!least.matches("[0-9]{1,9}") || adjustments > MAX_ADJUSTMENTS) {
            return false;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(least));
        if (asked.compareTo(wanted) <= 0 || asked.compareTo(MOST) > 0) {
            return false;
        }
        wanted = asked;
        return true;
    }

    private void refused(IncomingResponse response) {
        registered = false;
        failures++;
        adjustments = 0;
        int status = response.status();
        Duration pause;
        String retryAfter = response.frame().first("Retry-After").orElse("").strip();
        if (retryAfter.matches("[0-9]{1,6}.*")) {
            pause = Duration.ofSeconds(Long.parseLong(retryAfter.replaceAll("[^0-9].*", "")));
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.plusSeconds(1);
        } else if (status >= 500 || status == 408) {
            pause = backoff();
        } else {
            pause = LONGEST_PAUSE;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "trunk " + name() + " does not register us (" + status
                        + (status == 401 || status == 403 || status == 407 ? ": are the credentials right?" : "")
                        + "); asked again in " + pause.toSeconds() + " s");
        askAfter(pause);
    }

    @Override
    public void unanswered() {
        if (leaving) {
            left.run();
        } else {
            registered = false;
            failures++;
            adjustments = 0;
            Duration pause = backoff();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "trunk " + name() + " does not answer our REGISTER; asked again in " + pause.toSeconds() + " s");
            askAfter(pause);
        }
    }

    // RFC 5626 §4.5: doubling, and between half and all of it, so that a registrar that comes back is not run over.
    private Duration backoff() {
        Duration longest = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return share(longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest, 0.5, 1.0);
    }

    private Duration share(Duration of, double least, double most) {
        double share = least + (most - least) * means.random().nextDouble();
        return Duration.ofNanos((long) (of.toNanos() * share));
    }
}
