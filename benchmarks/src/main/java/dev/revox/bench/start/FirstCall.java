package dev.revox.bench.start;

import dev.revox.CallEngine;
import dev.revox.assistant.Assistant;
import dev.revox.bench.far.BusyPhone;
import dev.revox.conversation.VoiceAgent;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.provider.LocalProviders;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.SystemTime;
import java.util.Map;

/**
 * The measured process: builds an engine with the real agent, line and ear, calls a telephone that is busy, and prints the
 * milliseconds from {@code build()} to the INVITE at the telephone.
 */
final class FirstCall {
    private static final String NUMBER = "+14155550100";

    private FirstCall() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        try (SystemTime time = SystemTime.start();
                BusyPhone phone = new BusyPhone();
                LocalProviders providers = LocalProviders.start(
                        time,
                        Secret.of("local-key"),
                        request -> ChatScript.Answer.text("Goodbye."),
                        ClipVoice.of(ClipSet.agent()),
                        PhraseRecogniser.of(ClipSet.caller()))) {
            SipCallLine line = SipCallLine.builder()
                    .trunk(SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("busy"))
                    .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                    .build();
            VoiceAgent agent = providers.agent().build();
            long began = System.nanoTime();
            try (CallEngine engine =
                    CallEngine.builder().line(line).agent(agent).time(time).build()) {
                engine.place(CallOrder.to(NUMBER)
                                .forceNow()
                                .assistant(Assistant.prompt("You confirm tomorrow's appointment.")
                                        .build())
                                .retryPolicy(
                                        RetryPolicy.builder().maxAttempts(1).build())
                                .build())
                        .report()
                        .join();
            }
            Map<String, Long> arrived = phone.arrivedNanos();
            System.out.println("INVITE after " + (arrived.getOrDefault(NUMBER, Long.MAX_VALUE) - began) / 1_000_000);
        }
        System.exit(0);
    }
}
