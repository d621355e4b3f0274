package dev.revox.testkit.phone;

import dev.revox.testkit.phone.PhonePlan.Habit;
import dev.revox.testkit.phone.sip.Dialog;
import dev.revox.testkit.phone.sip.PhoneSdp;
import dev.revox.testkit.phone.sip.SipPort;
import dev.revox.testkit.phone.sip.SipText;
import dev.revox.time.Alarm;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The called side of one call.
 *
 * <p><b>Thread:</b> Confined to the telephone's lock; its alarms take the lock themselves. <b>Spec:</b> RFC 3261 §13.3, §15.
 */
final class IncomingCall implements TestPhone.Signalling {

    private final PhoneCall call;
    private final SipPort sip;
    private final SipText invite;
    private final InetSocketAddress source;
    private final PhonePlan.Settings settings;
    private final ReentrantLock lock;
    private final String tag = Dialog.token();
    private final Dialog dialog;
    private final Map<String, SipText> lastResponses = new HashMap<>();
    private Alarm answering = () -> {};
    private boolean finalSent;

    IncomingCall(
            PhoneCall call,
            SipPort sip,
            SipText invite,
            InetSocketAddress source,
            PhonePlan.Settings settings,
            ReentrantLock lock) {
        this.call = call;
        this.sip = sip;
        this.invite = invite;
        this.source = source;
        this.settings = settings;
        this.lock = lock;
        dialog = Dialog.called(invite, tag, sip.port());
    }

    @Override
    public void came(SipText message, InetSocketAddress from) {
        if (!message.isRequest()) {
            // Of our own requests there is only BYE; any final response ends its retransmission.
            if (message.status() >= 200) {
                call.resend(() -> {});
            }
            return;
        }
        SipText again = lastResponses.get(message.transaction());
        if (again != null) {
            sip.send(again, from);
            return;
        }
        switch (message.method()) {
            case "INVITE" -> {
                if (message.inDialog()) {
                    changeMedia(message, from);
                } else {
                    ring();
                }
            }
            case "ACK" -> acknowledged();
            case "CANCEL" -> cancelled(message, from);
            case "BYE" -> {
                respond(message, message.response(200, tag), from);
                call.finish(PhoneCall.Ending.REMOTE_HUNG_UP);
            }
            case "OPTIONS", "INFO", "UPDATE" -> respond(message, message.response(200, tag), from);
            default -> respond(message, message.response(405, tag), from);
        }
    }

    private void ring() {
        Optional<PhoneSdp> offer = PhoneSdp.parse(invite.body());
        if (offer.isEmpty() || offer.get().common(settings.codecs()).isEmpty()) {
            respond(invite, invite.response(100, tag), source);
            refuse(488);
            return;
        }
        respond(invite, invite.response(100, tag), source);
        switch (settings.habit()) {
            case Habit.Answers answers -> after(answers.ringing(), () -> answer(offer.get()));
            case Habit.Refuses refuses -> after(refuses.ringing(), () -> refuse(refuses.status()));
            case Habit.RingsForEver forEver -> respond(invite, withContact(invite.response(180, tag)), source);
        }
    }

    private void after(Duration ringing, Runnable then) {
        if (ringing.isZero()) {
            then.run();
            return;
        }
        respond(invite, withContact(invite.response(180, tag)), source);
        answering = call.time().schedule(ringing, () -> {
            lock.lock();
            try {
                if (!finalSent) {
                    then.run();
                }
            } finally {
                lock.unlock();
            }
        });
    }

    private void answer(PhoneSdp offer) {
        finalSent = true;
        PhoneSdp.Codec codec = offer.common(settings.codecs()).orElseThrow();
        call.direct(offer, codec);
        SipText ok = withContact(invite.response(200, tag)).withSdp(sdp(offer, codec));
        lastResponses.put(invite.transaction(), ok);
        call.resend(sip.sendUntilStopped(ok, source));
    }

    private String sdp(PhoneSdp offer, PhoneSdp.Codec codec) {
        String direction = switch (offer.direction()) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> offer.direction();
        };
        return PhoneSdp.write(call.rtp().port(), List.of(codec), offer.keyEvents(), direction);
    }

    private void refuse(int status) {
        finalSent = true;
        SipText refusal = invite.response(status, tag);
        lastResponses.put(invite.transaction(), refusal);
        call.refused(status);
        call.resend(sip.sendUntilStopped(refusal, source));
    }

    private void acknowledged() {
        call.resend(() -> {});
        if (settings.habit() instanceof Habit.Answers answers && !call.isOver()) {
            call.answered(answers.script(), settings.voice(), () -> {
                lock.lock();
                try {
                    call.resend(sip.sendUntilStopped(dialog.request("BYE"), source));
                } finally {
                    lock.unlock();
                }
            });
        }
    }

    private void cancelled(SipText cancel, InetSocketAddress from) {
        respond(cancel, cancel.response(200, tag), from);
        if (!finalSent) {
            finalSent = true;
            answering.cancel();
            call.finish(PhoneCall.Ending.CANCELLED);
            SipText terminated = invite.response(487, tag);
            lastResponses.put(invite.transaction(), terminated);
            call.resend(sip.sendUntilStopped(terminated, source));
        }
    }

    private void changeMedia(SipText reinvite, InetSocketAddress from) {
        Optional<PhoneSdp> offer = PhoneSdp.parse(reinvite.body());
        Optional<PhoneSdp.Codec> codec = offer.flatMap(o -> o.common(settings.codecs()));
        if (codec.isEmpty()) {
            respond(reinvite, reinvite.response(488, tag), from);
            return;
        }
        call.direct(offer.get(), codec.get());
        SipText ok = withContact(reinvite.response(200, tag)).withSdp(sdp(offer.get(), codec.get()));
        lastResponses.put(reinvite.transaction(), ok);
        call.resend(sip.sendUntilStopped(ok, from));
    }

    private SipText withContact(SipText response) {
        return response.with("Contact", "<sip:phone@127.0.0.1:" + sip.port() + ">");
    }

    private void respond(SipText request, SipText response, InetSocketAddress to) {
        lastResponses.put(request.transaction(), response);
        sip.send(response, to);
    }
}
