package dev.revox.sip.signaling.session;

import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.DialogSettings.Digits;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.header.InfoDigit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;

/**
 * Digits that go out as INFO requests, one after the other's answer.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 6086 for INFO; its DTMF bodies are custom.
 */
public final class DigitQueue {

    private static final int DIGIT_MS = 160;
    private static final int CAPACITY = 256;
    private static final Duration WAIT = Duration.ofMillis(500);

    private final CallContext context;
    private final Dialog dialog;
    private final Queue<Character> digits = new ArrayDeque<>();
    private boolean busy;
    private boolean stopped;

    public DigitQueue(CallContext context, Dialog dialog) {
        this.context = context;
        this.dialog = dialog;
    }

    /** Queues digits; those beyond what a person would press are dropped. */
    public void send(String wished) {
        for (char digit : wished.toUpperCase(Locale.ROOT).toCharArray()) {
            if (digits.size() < CAPACITY) {
                digits.add(digit);
            }
        }
        next();
    }

    private void next() {
        if (busy || stopped || digits.isEmpty()) {
            return;
        }
        busy = true;
        char digit = digits.remove();
        if (digit == 'W') {
            var unused = context.after(WAIT, this::done);
            return;
        }
        InfoDigit press = new InfoDigit(digit, DIGIT_MS);
        SipBody body = context.settings().digits() == Digits.INFO_PLAIN ? press.plain() : press.relay();
        Exchange unused =
                Exchange.start(context.means(), dialog, "INFO", List.of(), Optional.of(body), new Exchange.Handler() {
                    @Override
                    public void onProvisional(IncomingResponse response) {}

                    @Override
                    public void onFinal(IncomingResponse response) {
                        done();
                    }

                    @Override
                    public void onTimeout() {
                        done();
                    }

                    @Override
                    public void onUnreachable() {
                        done();
                    }
                });
    }

    private void done() {
        busy = false;
        next();
    }

    public void stop() {
        stopped = true;
        digits.clear();
    }
}
