package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.sip.SipTrunk;
import dev.revox.telemetry.micrometer.CallMetrics;
import dev.revox.telemetry.opentelemetry.CallTraces;
import dev.revox.testkit.phone.TestPhone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real call, followed by metrics and traces as a host would have them. */
class TelemetryLoopbackIT {

    @TempDir
    Path folder;

    @Test
    void a_real_call_has_its_metrics_and_its_trace() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InMemorySpanExporter exported = InMemorySpanExporter.create();
        CallTraces traces = CallTraces.of(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                        .build())
                .build());
        try (TestPhone phone = TestPhone.answering(0)
                        .ringFor(Duration.ofMillis(200))
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        SipTrunk.of("sip:127.0.0.1:" + phone.port()),
                        Options.NONE.engine(engine ->
                                engine.listener(CallMetrics.of(registry)).listener(traces)))) {
            assertThat(world.call().row().attempt().answeredAt()).isPresent();
        }
        traces.close();

        assertThat(registry.get("revox.attempts")
                        .tag("result", "human")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("revox.turns").counter().count()).isEqualTo(1);
        assertThat(registry.get("revox.turn.latency").timer().count()).isEqualTo(1);
        assertThat(registry.get("revox.media.mos").summary().mean()).isGreaterThan(3.5);
        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.provider.name", "openai")
                        .timer()
                        .count())
                .isPositive();
        assertThat(registry.get("revox.calls.live").gauges()).allMatch(gauge -> gauge.value() == 0);
        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getName).contains("invoke_agent", "dial", "leg", "turn", "tts");
        assertThat(spans).extracting(SpanData::getName).anyMatch(name -> name.startsWith("chat gpt"));
        assertThat(spans)
                .extracting(SpanData::getTraceId)
                .containsOnly(spans.getFirst().getTraceId());
        assertThat(spans)
                .map(SpanData::toString)
                .noneMatch(text -> text.contains("4155550132") || text.contains("parking"));
    }
}
