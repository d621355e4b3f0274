package dev.revox.sip.signaling.dialog;

import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.digest.DigestClient.ChallengeHeader;
import dev.revox.sip.digest.DigestClient.CredentialsHeader;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * One request of a dialog, repeated with credentials for as long as it is challenged, and its final response.
 *
 * <p>A CANCEL waits until the first provisional response (RFC 3261 §9.1): before it, nothing can be cancelled.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox, to which every response is posted.
 */
public final class Exchange {

    /** Who is told. <b>Thread:</b> called in the leg's mailbox. */
    public interface Handler {

        void onProvisional(IncomingResponse response);

        void onFinal(IncomingResponse response);

        /** The transaction timed out. */
        void onTimeout();

        void onUnreachable();

        /** Nobody cares how it ends. */
        static Handler indifferent() {
            return new Handler() {
                @Override
                public void onProvisional(IncomingResponse response) {}

                @Override
                public void onFinal(IncomingResponse response) {}

                @Override
                public void onTimeout() {}

                @Override
                public void onUnreachable() {}
            };
        }
    }

    /**
     * What a leg's requests are sent with.
     *
     * @param digest empty when there are no credentials
     * @param trustedHop true for a URI of a host that may be shown credentials
     */
    public record Means(
            SipTransport transport, Executor mailbox, Optional<DigestClient> digest, Predicate<String> trustedHop) {}

    private final Means means;
    private final Dialog dialog;
    private final String method;
    private final List<SipHeader> extras;
    private final Optional<SipBody> body;
    private final Handler handler;
    private SipRequest current;
    private boolean provisionalSeen;
    private boolean cancelWanted;
    private boolean cancelSent;
    private boolean over;

    private Exchange(
            Means means,
            Dialog dialog,
            String method,
            List<SipHeader> extras,
            Optional<SipBody> body,
            Handler handler) {
        this.means = means;
        this.dialog = dialog;
        this.method = method;
        this.extras = List.copyOf(extras);
        this.body = body;
        this.handler = handler;
        means.digest().ifPresent(DigestClient::beginRequest);
        this.current = nextRequest();
    }

    /** Sends a request. */
    public static Exchange start(Means means, Dialog dialog, String method, Optional<SipBody> body, Handler handler) {
        return start(means, dialog, method, List.of(), body, handler);
    }

    /** Sends a request with header fields of its own. */
    public static Exchange start(
            Means means,
            Dialog dialog,
            String method,
            List<SipHeader> extras,
            Optional<SipBody> body,
            Handler handler) {
        Exchange exchange = new Exchange(means, dialog, method, extras, body, handler);
        exchange.send();
        return exchange;
    }

    /** Sends a request and cares no more. */
    public static void forget(Means means, Dialog dialog, String method, List<SipHeader> extras) {
        Exchange unused = start(means, dialog, method, extras, Optional.empty(), Handler.indifferent());
    }

    /** The request as it was sent last. */
    public SipRequest request() {
        return current;
    }

    /** True when the other side has shown, by any provisional response, that the request arrived. */
    public boolean arrived() {
        return provisionalSeen;
    }

    /** Withdraws an INVITE: now if something is there to withdraw, otherwise as soon as it is. */
    public void cancel() {
        cancelWanted = true;
        if (provisionalSeen && !cancelSent && !over) {
            cancelSent = true;
            means.transport().send(Dialog.cancel(current), Nobody.INSTANCE);
        }
    }

    private SipRequest nextRequest() {
        List<SipHeader> headers = new ArrayList<>(extras);
        if (means.digest().isPresent() && means.trustedHop().test(dialog.nextHop())) {
            for (CredentialsHeader c : means.digest().get().credentials(method, dialog.requestUri())) {
                headers.add(new SipHeader(c.name(), c.value()));
            }
        }
        return dialog.request(method, headers, body);
    }

    private void send() {
        provisionalSeen = false;
        SipRequest sent = current;
        means.transport().send(sent, new Posting(sent));
    }

    private void onResponse(IncomingResponse response) {
        if (over) {
            return;
        }
        if (response.provisional()) {
            provisionalSeen = true;
            if (cancelWanted) {
                cancel();
            }
            handler.onProvisional(response);
        } else if ((response.status() == 401 || response.status() == 407) && !cancelWanted && mayAnswer(response)) {
            current = nextRequest();
            send();
        } else {
            over = true;
            handler.onFinal(response);
        }
    }

    private boolean mayAnswer(IncomingResponse response) {
        if (means.digest().isEmpty() || !means.trustedHop().test(dialog.nextHop())) {
            return false;
        }
        List<ChallengeHeader> challenges = new ArrayList<>();
        for (String value : response.frame().values("WWW-Authenticate")) {
            challenges.add(new ChallengeHeader(false, value));
        }
        for (String value : response.frame().values("Proxy-Authenticate")) {
            challenges.add(new ChallengeHeader(true, value));
        }
        return means.digest().get().challenged(challenges);
    }

    private void finish(Runnable tell) {
        if (!over) {
            over = true;
            tell.run();
        }
    }

    /** Posts what the stack tells, unless the request has been replaced by one with credentials since. */
    private final class Posting implements ResponseSink {

        private final String branch;

        Posting(SipRequest sent) {
            this.branch = sent.branch();
        }

        private void post(Runnable step) {
            means.mailbox().execute(() -> {
                if (current.branch().equals(branch)) {
                    step.run();
                }
            });
        }

        @Override
        public void onResponse(IncomingResponse response) {
            post(() -> Exchange.this.onResponse(response));
        }

        @Override
        public void onTimeout() {
            post(() -> finish(handler::onTimeout));
        }

        @Override
        public void onTransportError() {
            post(() -> finish(handler::onUnreachable));
        }
    }

    private enum Nobody implements ResponseSink {
        INSTANCE;

        @Override
        public void onResponse(IncomingResponse response) {}

        @Override
        public void onTimeout() {}

        @Override
        public void onTransportError() {}
    }
}
