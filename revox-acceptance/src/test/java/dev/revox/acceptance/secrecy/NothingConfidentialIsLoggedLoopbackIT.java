package dev.revox.acceptance.secrecy;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.press;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.revox.CallHandle;
import dev.revox.acceptance.peer.KamailioTrunk;
import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Heard;
import dev.revox.agent.llm.openai.OpenAiModels;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.event.CallEvent;
import dev.revox.http.OutgoingHttp;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.schedule.RetryPolicy;
import dev.revox.secret.Secret;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.provider.ChatCompletionsServer;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.LocalServer;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.time.SystemTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole calls with every logger at its finest: what is confidential in them is in no log, exception or {@code toString}. */
class NothingConfidentialIsLoggedLoopbackIT {

    private static final String PASSWORD = "canary-sip-password-7781";
    private static final String WRONG_KEY = "sk-canary-wrong-5533";
    private static final String CUSTOM_KEY = "sk-canary-custom-9912";
    private static final String FROM = "+14155550177";
    private static final String TRANSFER = "+14155550188";
    private static final String KEYS = "7395174";
    private static final Duration PATIENT = Duration.ofSeconds(45);
    private static final String QUESTION = "Is there any parking near the clinic?";
    private static final String ANSWER = "Yes, you can park for free behind the building.";

    private final Canaries canaries = new Canaries()
            .add("SIP password", PASSWORD)
            .add("SIP nonce", PasswordGate.NONCE)
            .add("key of the provider", AcceptanceWorld.KEY.reveal())
            .add("wrong key of the provider", WRONG_KEY)
            .add("key of a custom model", CUSTOM_KEY)
            .add("tool header", "canary-tool-header-1618")
            .add("tool query", "canary-tool-query-1619")
            .add("tool body", "canary-tool-body-1620")
            .add("tool argument", "canary-tool-argument-1621")
            .add("tool output", "canary-tool-output-1622")
            .add("prompt", "canary-prompt-3141")
            .add("prompt variable", "canary-variable-2718")
            .add("another prompt", "You are Ada from the Riverside Clinic")
            .add("FAQ", "canary-faq-1732")
            .add("SMS", "canary-sms-1414")
            .add("voicemail message", "canary-voicemail-2236")
            .add("metadata", "canary-metadata-5772")
            .add("field description", "canary-field-6931")
            .add("structured output", "canary-output-4669")
            .add("summary", "canary-summary-2502")
            .add("e-mail address", "canary@mail.example")
            .add("webhook", "canary-hook-6626")
            .add("first sentence", "Riverside Clinic")
            .add("words of the person", "parking near")
            .add("lower words of the person", "no that is all")
            .add("last words of the person", "thank you goodbye")
            .add("words of the agent", "park for free")
            .add("last words of the agent", "Thank you Dana")
            .add("phrase of the agent", "did not understand")
            .add("key presses", KEYS)
            .addNumber("number called", AcceptanceWorld.NUMBER)
            .addNumber("number shown", FROM)
            .addNumber("number for transfers", TRANSFER);

    @TempDir
    Path folder;

    private LogCapture log = LogCapture.open();

    @BeforeEach
    void the_capture_hears_every_kind_of_logger() {
        System.getLogger("dev.revox.probe").log(System.Logger.Level.TRACE, "probe one");
        org.slf4j.LoggerFactory.getLogger("io.netty.probe").trace("probe two");
        System.out.println("probe three");
        assertThat(log.lines()).anyMatch(line -> line.contains("probe one"));
        assertThat(log.lines()).anyMatch(line -> line.contains("probe two"));
        assertThat(log.lines()).anyMatch(line -> line.contains("probe three"));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void a_call_that_succeeds() throws Exception {
        try (SystemTime time = SystemTime.start();
                ChatCompletionsServer custom = ChatCompletionsServer.builder()
                        .time(time)
                        .key(Secret.of(CUSTOM_KEY))
                        .script(NothingConfidentialIsLoggedLoopbackIT::answer)
                        .start();
                OpenAiModels models = OpenAiModels.builder()
                        .time(time)
                        .customUrls(url -> assertThat(url.getHost()).isEqualTo("127.0.0.1"))
                        .build();
                TestPhone phone = TestPhone.answering(0)
                        .ringFor(Duration.ofMillis(200))
                        .script(
                                waitForSpeechEnd(),
                                say(QUESTION),
                                waitForSpeechEnd(),
                                press(KEYS),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                PasswordGate gate = PasswordGate.before(phone.port(), PASSWORD);
                LocalServer shop = LocalServer.http(call ->
                        call.respond(200, "text/plain", "canary-tool-output-1622".getBytes(StandardCharsets.UTF_8)));
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        SipTrunk.of("sip:127.0.0.1:" + gate.port())
                                .name("gate")
                                .credentials(PasswordGate.USER, PASSWORD),
                        Options.NONE.agent(agent -> agent.languageModels(models::model)
                                .toolHttp(OutgoingHttp.builder(time)
                                        .allowHost("127.0.0.1")
                                        .build())))) {

            CallHandle handle = world.engine().placeJson(order(custom.baseUrl(), shop.port()));
            var report = handle.report().get(AcceptanceWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);

            CallAttempt attempt = report.lastAttempt().orElseThrow();
            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            // The canaries really went through the call.
            assertThat(gate.accepted()).isNotEmpty();
            assertThat(custom.requests()).anyMatch(request -> request.json().contains("canary-variable-2718"));
            assertThat(custom.requests()).anyMatch(request -> request.json().contains("canary-tool-output-1622"));
            assertThat(Heard.userTurns(attempt)).contains(QUESTION);
            assertThat(Heard.agentTurns(attempt)).contains(ANSWER);
            assertThat(attempt.structuredOutput().orElseThrow()).containsValue("canary-output-4669");
            gate.accepted().forEach(digest -> canaries.add("digest " + digest, digest));
            assertThat(report.toJson()).doesNotContain(CUSTOM_KEY, "canary-tool-header-1618");
            nothing_leaked(
                    world,
                    report,
                    world.engine().attempts(handle.key()),
                    world.engine().history(handle.key()));
            // Each message of the call and some words of the parser's; the library's transactions, which said more, are
            // gone.
            assertThat(log.recordsOf("dev.revox.sip.signaling"))
                    .as("the SIP library's own log, the messages and the transactions")
                    .isGreaterThan(50);
            assertThat(log.lines()).anyMatch(line -> line.contains("INVITE sip:"));
        }
    }

    private static ChatScript.Answer answer(ChatScript.Request request) {
        if (request.responseSchema().isPresent()) {
            return ChatScript.Answer.text("{\"outcome\":\"completed\",\"outcome_summary\":\"canary-summary-2502\","
                    + "\"structured_output\":{\"note\":\"canary-output-4669\"}}");
        }
        List<String> said = ClipSet.words(request.lastUserText());
        if (said.contains("goodbye")) {
            return new ChatScript.Answer(
                    "Thank you Dana.", List.of(new ChatScript.Call("end_call", "{\"reason\":\"canary-output-4669\"}")));
        }
        if (request.tools().contains("look_up")
                && !request.messages().getLast().role().equals("tool")) {
            return ChatScript.Answer.call("look_up", "{\"what\":\"canary-tool-argument-1621\"}");
        }
        return ChatScript.Answer.text(ANSWER);
    }

    private static String order(URI customModel, int shopPort) {
        return """
                {"phone_number": "+14155550132", "from_phone_number": "+14155550177", "force_now": true,
                 "prompt_variables": {"name": "Dana", "case": "canary-variable-2718"},
                 "metadata": {"crm": "canary-metadata-5772"},
                 "assistant": {
                   "prompt": "You talk to {{name}} about {{case}}. canary-prompt-3141",
                   "first_sentence": "Hi {{name}}! This is Ada from the Riverside Clinic.",
                   "faq_items": [{"question": "canary-faq-1732 where?", "answer": "canary-faq-1732 there."}],
                   "after_call_sms_prompt": "canary-sms-1414", "sms_enabled": true, "sms_template": "canary-sms-1414",
                   "voicemail_message": "canary-voicemail-2236", "transfer_phone_number": "+14155550188",
                   "email_notification_address": "canary@mail.example",
                   "webhook_url": "https://host.example/canary-hook-6626",
                   "structured_output_config": [
                     {"name": "note", "required": true, "type": "string", "description": "canary-field-6931"}],
                   "structured_output_prompt": "canary-prompt-3141 {{transcript}}",
                   "custom_tools": [{"name": "look_up", "description": "canary-field-6931", "method": "POST",
                     "url": "http://127.0.0.1:%d/stock",
                     "headers": [{"key": "X-Api-Key", "value": "canary-tool-header-1618"}],
                     "query_params": [{"key": "q", "value": "canary-tool-query-1619"}],
                     "body_template": "{\\"k\\":\\"canary-tool-body-1620\\"}",
                     "input_schema": [{"name": "what", "type": "string", "required": true}]}],
                   "llm_model": {"type": "custom", "api_key": "sk-canary-custom-9912", "model_name": "local",
                     "api_url": "%s"}}}""".formatted(shopPort, customModel);
    }

    @Test
    void a_model_that_refuses_the_key() {
        try (TestPhone phone =
                        TestPhone.answering(0).script(waitForSpeechEnd(), say(QUESTION), waitForHangUp(PATIENT));
                AcceptanceWorld world =
                        AcceptanceWorld.dialling(folder, trunk(phone), Options.NONE.modelKey(Secret.of(WRONG_KEY)))) {

            Outcome outcome = world.call(order());

            assertThat(outcome.row().attempt().answeredAt()).isPresent();
            faults_were_told(world);
            nothing_leaked(world, outcome, order());
        }
    }

    @Test
    void providers_that_break_and_talk_nonsense() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say(QUESTION),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {
            world.providers().model().failNext(Fault.refuse(500));
            world.providers().model().failNext(new Fault.GarbageAfter(1));
            world.providers().ear().failNext(new Fault.GarbageAfter(0));

            Outcome outcome = world.call(order());

            assertThat(outcome.row().attempt().answeredAt()).isPresent();
            faults_were_told(world);
            nothing_leaked(world, outcome);
        }
    }

    @Test
    void a_voice_that_is_cut_off_and_a_voice_that_is_refused() {
        try (TestPhone phone =
                        TestPhone.answering(0).script(waitForSpeechEnd(), say(QUESTION), waitForSpeechEnd(), hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {
            world.providers().voice().failNext(new Fault.CutAfter(2));
            world.providers().voice().failNext(Fault.refuse(401));

            Outcome outcome = world.call(order());

            assertThat(outcome.row().attempt().answeredAt()).isPresent();
            faults_were_told(world);
            nothing_leaked(world, outcome);
        }
    }

    private static void faults_were_told(AcceptanceWorld world) {
        assertThat(world.events())
                .filteredOn(CallEvent.InConversation.class::isInstance)
                .extracting(event ->
                        ((CallEvent.InConversation) event).notice().getClass().getSimpleName())
                .contains("ProviderFault");
    }

    @Test
    void orders_that_are_refused() {
        try (TestPhone phone = TestPhone.answering(0).refuse(486);
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {
            String good = order(URI.create("https://llm.example/v1"), 8080);
            List<String> bad = List.of(
                    good.replace("\"+14155550132\"", "\"+141555501320000000\""),
                    good.replace("\"+14155550132\"", "[\"+14155550132\"]"),
                    good.replace("\"force_now\": true", "\"force_now\": \"canary-prompt-3141\""),
                    good.replace("{{case}}", "{{missing}}").replace("\"POST\"", "\"canary-prompt-3141\""),
                    good.replace("\"sk-canary-custom-9912\"", "{\"sk\": \"sk-canary-custom-9912\"}"),
                    good.replace("https://llm.example/v1", "ftp://canary-hook-6626 /"),
                    good.replace("canary@mail.example", "canary@mail.example canary@mail.example"),
                    good.replace("\\\"canary-tool-body-1620\\\"", "canary-tool-body-1620"),
                    good.replace("X-Api-Key", "X Api\\r\\nKey"),
                    // Not JSON: parsers like to quote what they could not read.
                    good.replace("\"sk-canary-custom-9912\"", "sk-canary-custom-9912"),
                    good.replace("\"canary-variable-2718\"", "canary-variable-2718"),
                    good.substring(0, good.indexOf("canary-metadata-5772") + 20));
            for (String body : bad) {
                Throwable refusal = catchThrowable(() -> world.engine().placeJson(body));
                assertThat(refusal).as(body).isInstanceOf(InvalidOrderException.class);
                assertThat(canaries.in(List.of(Printed.by(refusal)))).isEmpty();
                assertThat(canaries.in(Printed.by(((InvalidOrderException) refusal).violations())))
                        .isEmpty();
            }
            nothing_leaked(world);
        }
    }

    @Test
    void a_call_through_a_carrier_that_asks_for_a_password() {
        try (TestPhone phone = TestPhone.answering(0).refuse(486);
                KamailioTrunk trunk = KamailioTrunk.start(folder.resolve("kamailio"), phone.port(), "SHA-256");
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        SipTrunk.of("sip:127.0.0.1:" + trunk.port())
                                .name("carrier")
                                .credentials(KamailioTrunk.USER, KamailioTrunk.PASSWORD))) {

            Outcome outcome = world.call(order());

            assertThat(outcome.row().attempt().dialError()).contains(DialError.BUSY);
            canaries.add("password of the carrier", KamailioTrunk.PASSWORD);
            nothing_leaked(world, outcome);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("INVITE sip:"))
                    .as("the digest is there, but not readable")
                    .noneMatch(line -> line.matches("(?s).*response=\"?[0-9a-f]{32}.*"));
        }
    }

    private static CallOrder order() {
        return CallOrder.to(AcceptanceWorld.NUMBER)
                .from(FROM)
                .forceNow()
                .assistant(AcceptanceWorld.ada())
                .variable("name", "Dana")
                .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                .build();
    }

    private void nothing_leaked(AcceptanceWorld world, Object... more) {
        assertThat(canaries.in(Printed.by(world.events()))).isEmpty();
        assertThat(canaries.in(Printed.by(more))).isEmpty();
        world.engine().close();
        assertThat(log.lines()).hasSizeGreaterThan(3);
        assertThat(canaries.in(log.lines())).isEmpty();
    }

    private static SipTrunk trunk(TestPhone phone) {
        return SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("phone");
    }
}
