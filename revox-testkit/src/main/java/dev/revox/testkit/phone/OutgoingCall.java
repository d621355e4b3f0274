package dev.revox.testkit.phone;

import dev.revox.testkit.phone.sip.Dialog;
import dev.revox.testkit.phone.sip.PhoneSdp;
import dev.revox.testkit.phone.sip.SipPort;
import dev.revox.testkit.phone.sip.SipText;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calling side of one call.
 *
 * <p><b>Thread:</b> Confined to the telephone's lock. <b>Spec:</b> RFC 3261 §13.2, §17.1.1.
 */
final class OutgoingCall implements TestPhone.Signalling {

    private static final int KEY_EVENTS = 101;

    private final PhoneCall call;
    private final SipPort sip;
    private final InetSocketAddress to;
    private final PhonePlan.Settings settings;
    private final List<Step> script;
    private final SipText invite;
    private @Nullable SipText ack;

    OutgoingCall(PhoneCall call, SipPort sip, InetSocketAddress to, PhonePlan.Settings settings, List<Step> script) {
        this.call = call;
        this.sip = sip;
        this.to = to;
        this.settings = settings;
        this.script = script;
        String uri = "sip:" + call.dialled() + "@" + to.getAddress().getHostAddress() + ":" + to.getPort();
        List<PhoneSdp.Codec> codecs = settings.codecs().stream()
                .map(name -> new PhoneSdp.Codec(
                        name,
                        switch (name) {
                            case "PCMA" -> 8;
                            case "G722" -> 9;
                            default -> 0;
                        }))
                .toList();
        invite = SipText.request("INVITE", uri)
                .with("Via", Dialog.via(sip.port()))
                .with("Max-Forwards", "70")
                .with("From", "<sip:" + call.caller() + "@127.0.0.1:" + sip.port() + ">;tag=" + Dialog.token())
                .with("To", "<" + uri + ">")
                .with("Call-ID", Dialog.token() + "@127.0.0.1")
                .with("CSeq", "1 INVITE")
                .with("Contact", "<sip:phone@127.0.0.1:" + sip.port() + ">")
                .withSdp(PhoneSdp.write(call.rtp().port(), codecs, KEY_EVENTS, "sendrecv"));
    }

    String callId() {
        return invite.callId();
    }

    void start() {
        call.resend(sip.sendUntilStopped(invite, to));
    }

    @Override
    public void came(SipText message, InetSocketAddress from) {
        if (message.isRequest()) {
            if (message.method().equals("ACK")) {
                return;
            }
            boolean bye = message.method().equals("BYE");
            sip.send(message.response(bye || message.method().equals("OPTIONS") ? 200 : 488, ""), from);
            if (bye) {
                call.finish(PhoneCall.Ending.REMOTE_HUNG_UP);
            }
            return;
        }
        if (!message.cseqMethod().equals("INVITE")) {
            if (message.status() >= 200) {
                call.resend(() -> {});
            }
            return;
        }
        invited(message);
    }

    private void invited(SipText response) {
        if (ack != null && response.status() >= 200) {
            sip.send(ack, to);
        } else if (response.status() < 200) {
            call.resend(() -> {});
        } else if (response.status() < 300) {
            answered(response);
        } else {
            // The ACK of a refusal belongs to the INVITE's own transaction (§17.1.1.3).
            ack = SipText.request("ACK", invite.startLine().split(" ")[1])
                    .with("Via", invite.header("via"))
                    .with("Max-Forwards", "70")
                    .with("From", invite.header("from"))
                    .with("To", response.header("to"))
                    .with("Call-ID", callId())
                    .with("CSeq", "1 ACK");
            sip.send(ack, to);
            call.refused(response.status());
        }
    }

    private void answered(SipText ok) {
        call.resend(() -> {});
        Dialog dialog = Dialog.calling(invite, ok, sip.port());
        ack = dialog.request("ACK");
        sip.send(ack, to);
        Runnable bye = () -> call.resend(sip.sendUntilStopped(dialog.request("BYE"), to));
        Optional<PhoneSdp> answer = PhoneSdp.parse(ok.body());
        Optional<PhoneSdp.Codec> codec = answer.flatMap(a -> a.common(settings.codecs()));
        if (codec.isEmpty()) {
            call.finish(PhoneCall.Ending.HUNG_UP);
            call.note("the answer has no codec of ours");
            bye.run();
            return;
        }
        call.direct(answer.get(), codec.get());
        call.answered(script, settings.voice(), bye);
    }
}
