package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.http.OutgoingHttp;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.server.HttpCall;
import dev.revox.testkit.server.LocalServer;
import dev.revox.time.SystemTime;
import dev.revox.transcript.TranscriptItem;
import dev.revox.wire.CallReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolLoopbackIT {

    @TempDir
    Path folder;

    @Test
    void a_tool_of_an_order_in_json_is_called_during_the_call() throws Exception {
        BlockingQueue<HttpCall> requests = new LinkedBlockingQueue<>();
        try (SystemTime time = SystemTime.start();
                LocalServer server = LocalServer.http(call -> {
                    requests.add(call);
                    call.respond(200, "application/json", "{\"free\":12}".getBytes(StandardCharsets.UTF_8));
                });
                TestPhone phone = TestPhone.answering(0)
                        .ringFor(Duration.ofMillis(200))
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        SipTrunk.of("sip:127.0.0.1:" + phone.port()),
                        Options.NONE.agent(agent -> agent.toolHttp(OutgoingHttp.builder(time)
                                .allowHost("127.0.0.1")
                                .build())))) {

            CallReport report = world.engine()
                    .placeJson(order(server.port()))
                    .report()
                    .get(AcceptanceWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);

            HttpCall request = requests.take();
            assertThat(request.target()).isEqualTo("/parking/Riverside?day=2026-03-05");
            assertThat(request.header("X-Key")).contains("canary-7f3a");
            assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("{\"cars\":1,\"who\":\"Dana\"}");
            List<TranscriptItem> transcript =
                    report.attempts().getFirst().transcript().orElseThrow();
            assertThat(transcript)
                    .filteredOn(TranscriptItem.Tool.class::isInstance)
                    .containsExactly(new TranscriptItem.Tool(
                            "check_parking", Map.of("day", "2026-03-05", "cars", 1), "{\"free\":12}", false));
            assertThat(transcript.getLast().content()).isEqualTo("Yes, you can park for free behind the building.");
            assertThat(report.toJson()).contains("\"tool_name\":\"check_parking\"");
        }
    }

    private static String order(int port) {
        return """
                {"phone_number": "%s", "force_now": true,
                 "prompt_variables": {"name": "Dana", "key": "canary-7f3a", "clinic": "Riverside"},
                 "assistant": {
                   "prompt": "You are Ada from the Riverside Clinic and talk to {{name}}.",
                   "first_sentence": "Hi {{name}}! This is Ada from the Riverside Clinic.",
                   "call_retry_config": {"max_retry_attempts": 1},
                   "custom_tools": [{
                     "name": "check_parking", "description": "Tells whether there is parking.", "method": "POST",
                     "url": "http://127.0.0.1:%d/parking/{{clinic}}",
                     "headers": [{"key": "X-Key", "value": "{{key}}"}],
                     "query_params": [{"key": "day", "value": "{{day}}"}],
                     "body_template": "{\\"cars\\":\\"{{cars}}\\",\\"who\\":\\"{{name}}\\",\\"note\\":\\"{{note}}\\"}",
                     "input_schema": [
                       {"name": "day", "type": "date", "required": true},
                       {"name": "cars", "type": "number", "required": true},
                       {"name": "note", "type": "string", "required": false}]}]}}
                """.formatted(AcceptanceWorld.NUMBER, port);
    }
}
