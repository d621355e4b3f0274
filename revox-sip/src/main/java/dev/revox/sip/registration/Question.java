package dev.revox.sip.registration;

import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.digest.DigestClient.ChallengeHeader;
import dev.revox.sip.digest.DigestClient.CredentialsHeader;
import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.trunk.TrunkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request outside any dialog, repeated with credentials for as long as it is challenged, and what came of it.
 *
 * <p>Credentials go to the trunk's own targets only: a request is never sent anywhere else from here.
 *
 * <p><b>Thread:</b> Confined to the trunk's upkeep mailbox.
 */
final class Question {

    /** Exactly one of these is called, in the mailbox. */
    interface Asker {

        void answered(IncomingResponse response);

        /** No final response came, or it could not be sent. */
        void unanswered();
    }

    /** A series of requests that the other side sees as one: the same Call-ID and tag, numbers going up. */
    static final class Series {
        private final String callId;
        private final String tag;
        private long cseq;

        Series(String callId, String tag) {
            this.callId = callId;
            this.tag = tag;
        }
    }

    private final Means means;
    private final Series series;
    private final String method;
    private final List<SipHeader> extras;
    private final Optional<DigestClient> digest;
    private final SipTransport transport;
    private final Asker asker;
    private boolean over;

    private Question(
            Means means,
            Series series,
            String method,
            List<SipHeader> extras,
            Optional<DigestClient> digest,
            Target target,
            Asker asker) {
        this.means = means;
        this.series = series;
        this.method = method;
        this.extras = extras;
        this.digest = digest;
        this.transport = means.routes()
                .towards(
                        means.trunk().plan().entrance(),
                        target,
                        means.trunk().plan().way(Optional.empty(), List.of()));
        this.asker = asker;
    }

    /** Sends it to the first target of the trunk that is worth trying. */
    static void ask(
            Means means,
            Series series,
            String method,
            List<SipHeader> extras,
            Optional<DigestClient> digest,
            Asker asker) {
        means.routes()
                .locate(
                        means.trunk().plan().entrance(),
                        found -> means.mailbox().execute(() -> {
                            List<Target> targets = means.routes().health().worthTrying(found);
                            if (targets.isEmpty()) {
                                asker.unanswered();
                            } else {
                                digest.ifPresent(DigestClient::beginRequest);
                                means.questions().add(series.callId);
                                new Question(means, series, method, extras, digest, targets.getFirst(), asker).send();
                            }
                        }));
    }

    private void send() {
        TrunkPlan plan = means.trunk().plan();
        String uri = plan.scheme() + ":" + plan.site().hostPort();
        String branch = means.tokens().branch();
        series.cseq++;
        List<SipHeader> headers = new ArrayList<>();
        headers.add(new SipHeader("Via", "SIP/2.0/UDP " + means.local().sentBy() + ";rport;branch=" + branch));
        headers.add(new SipHeader("Max-Forwards", "70"));
        headers.add(new SipHeader("From", plan.ownAddress() + ";tag=" + series.tag));
        headers.add(new SipHeader("To", plan.ownAddress()));
        headers.add(new SipHeader("Call-ID", series.callId));
        headers.add(new SipHeader("CSeq", series.cseq + " " + method));
        headers.addAll(extras);
        if (digest.isPresent()) {
            for (CredentialsHeader c : digest.get().credentials(method, uri)) {
                headers.add(new SipHeader(c.name(), c.value()));
            }
        }
        headers.add(new SipHeader("User-Agent", means.local().userAgent()));
        transport.send(new SipRequest(method, uri, branch, series.cseq, headers, Optional.empty()), new Posting());
    }

    private void answered(IncomingResponse response) {
        boolean challenge = response.status() == 401 || response.status() == 407;
        if (challenge && digest.isPresent() && digest.get().challenged(challenges(response))) {
            send();
        } else {
            close();
            asker.answered(response);
        }
    }

    private void close() {
        over = true;
        means.questions().remove(series.callId);
    }

    private static List<ChallengeHeader> challenges(IncomingResponse response) {
        List<ChallengeHeader> challenges = new ArrayList<>();
        response.frame().values("WWW-Authenticate").forEach(v -> challenges.add(new ChallengeHeader(false, v)));
        response.frame().values("Proxy-Authenticate").forEach(v -> challenges.add(new ChallengeHeader(true, v)));
        return challenges;
    }

    /** Posts what the stack tells. */
    private final class Posting implements ResponseSink {

        private void post(Runnable step) {
            means.mailbox().execute(() -> {
                if (!over) {
                    step.run();
                }
            });
        }

        @Override
        public void onResponse(IncomingResponse response) {
            if (!response.provisional()) {
                post(() -> Question.this.answered(response));
            }
        }

        @Override
        public void onTimeout() {
            post(this::nothing);
        }

        @Override
        public void onTransportError() {
            post(this::nothing);
        }

        private void nothing() {
            close();
            asker.unanswered();
        }
    }
}
