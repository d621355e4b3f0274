package dev.revox.examples.demo;

import static dev.revox.testkit.phone.Step.interruptAfter;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;

import dev.revox.CallEngine;
import dev.revox.CallEngineBuilder;
import dev.revox.RevoxException;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.PhoneCall;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.time.SystemTime;
import dev.revox.wire.CallReport;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds an engine, has one call, and prints what came of it.
 *
 * <p><b>Thread:</b> Confined to the demo's main thread.
 */
public final class DemoCall {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DemoSettings settings;
    private final PrintStream out;

    private DemoCall(DemoSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @return true when the call was completed
     */
    public static boolean run(DemoSettings settings, PrintStream out) {
        return new DemoCall(settings, out).run();
    }

    private boolean run() {
        try (SystemTime time = SystemTime.start();
                Providers providers = new Providers(settings, time)) {
            introduce();
            // A hung call must not hang whoever started the demo.
            time.schedule(settings.deadline(), () -> {
                out.println("The demo gives up: no result after " + settings.deadline());
                Runtime.getRuntime().halt(3);
            });
            if (settings.listen() || settings.trunk().isPresent()) {
                return converse(time, providers, settings.trunk().map(DemoCall::trunk), Optional::empty);
            }
            try (TestPhone phone = danasPhone()) {
                SipTrunk loopback = SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("test phone");
                boolean completed = converse(
                        time,
                        providers,
                        Optional.of(loopback),
                        () -> phone.calls().stream().map(PhoneCall::began).findFirst());
                phone.calls()
                        .forEach(call -> call.problem()
                                .ifPresent(problem ->
                                        out.println("  the telephone's script was not followed: " + problem)));
                return completed;
            }
        } catch (Exception e) {
            out.println("The demo failed: " + e.getMessage());
            return false;
        }
    }

    private boolean converse(
            SystemTime time, Providers providers, Optional<SipTrunk> trunk, Supplier<Optional<Instant>> invited) {
        Timeline timeline = new Timeline(out, time.instant());
        SipTrunk way = trunk.orElseGet(
                () -> SipTrunk.of("sip:127.0.0.1").name("softphones").allowInboundFrom("127.0.0.0/8"));
        SipSettings sip =
                settings.trunk().isPresent() ? SipSettings.DEFAULT : SipSettings.DEFAULT.withBindAddress("127.0.0.1");
        SipCallLine line = SipCallLine.builder()
                .trunk(way)
                .settings(settings.listen() ? sip.withSipPort(settings.listenPort()) : sip)
                .build();
        CallEngineBuilder builder = CallEngine.builder()
                .line(line)
                .agent(providers.agent())
                .time(time)
                .recordings(settings.folder())
                .listener(timeline);
        if (settings.listen()) {
            builder.inbound(call -> Optional.of(Ada.called()));
        }
        Instant build = time.instant();
        try (CallEngine engine = builder.build()) {
            CallReport report = settings.listen() ? answer(timeline) : place(engine);
            new Findings(out).print(report, engine.attempts(OrderKey.of(report.order())), settings.folder());
            invited.get()
                    .ifPresent(invite -> out.printf(
                            Locale.ROOT,
                            "%nFrom build() to the first INVITE: %d ms (goal: 500 ms)%n",
                            Duration.between(build, invite).toMillis()));
            return report.order().status() == OrderStatus.COMPLETED;
        }
    }

    private CallReport place(CallEngine engine) {
        return engine.place(CallOrder.to(settings.to())
                        .assistant(Ada.calling())
                        .variable("name", "Dana")
                        .forceNow()
                        .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                        .build())
                .report()
                .join();
    }

    private CallReport answer(Timeline timeline) {
        out.println("Waiting for a call: dial sip:ada@127.0.0.1:" + settings.listenPort() + " from a softphone here.");
        if (settings.openAiKey().isEmpty()) {
            out.println(
                    "Without OPENAI_API_KEY she understands only the demo's recorded sentences, spoken by their voice;"
                            + " to anything else she answers that she did not understand.");
        }
        return timeline.reported().join().report();
    }

    private static SipTrunk trunk(DemoSettings.Trunk given) {
        SipTrunk trunk = SipTrunk.of(given.uri());
        if (given.user().isPresent()) {
            trunk = trunk.credentials(
                    given.user().get(),
                    given.password()
                            .orElseThrow(() -> new RevoxException(
                                    "REVOX_TRUNK_USER is set: set REVOX_TRUNK_PASSWORD, too", false)));
        }
        return given.from().isPresent()
                ? trunk.callerId(PhoneNumber.of(given.from().get()))
                : trunk;
    }

    /** Dana confirms, interrupts the long sentence, asks a question, and says goodbye. */
    private static TestPhone danasPhone() {
        return TestPhone.answering(0)
                .ringFor(Duration.ofMillis(400))
                .script(
                        waitForSpeechEnd(),
                        say("Yes this is Dana."),
                        interruptAfter(Duration.ofMillis(7500), "Sorry can we make it eleven instead?"),
                        waitForSpeechEnd(),
                        say("Is there any parking near the clinic?"),
                        waitForSpeechEnd(),
                        say("No that is all thank you goodbye."),
                        waitForHangUp(PATIENCE));
    }

    private void introduce() {
        out.println("Revox demo");
        out.println(
                "  real: the engine, SIP and RTP over UDP, jitter buffer, voice activity, turns, barge-in, recording");
        if (settings.openAiKey().isEmpty()) {
            out.println(
                    "  simulated: the language model (a script), the agent's voice (clips made with espeak-ng) and the"
                            + " recogniser (it knows the caller's recorded sentences, and hears them in the sound that arrives);"
                            + " each is a server on 127.0.0.1 that speaks its provider's protocol");
        }
        if (settings.trunk().isEmpty() && !settings.listen()) {
            out.println(
                    "  simulated: the person called (a SIP telephone on 127.0.0.1 that follows a script with recorded"
                            + " sentences); nobody's telephone rings");
        }
        out.println();
    }
}
