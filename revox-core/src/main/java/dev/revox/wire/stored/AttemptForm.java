package dev.revox.wire.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.TurnLatency;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.line.SipFailure.RetryAdvice;
import dev.revox.phone.PhoneNumber;
import dev.revox.store.StoredAttempt;
import dev.revox.store.node.NodeId;
import dev.revox.transcript.TranscriptItem;
import dev.revox.wire.json.Nodes;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** All of an attempt's row. <b>Thread:</b> Immutable. */
final class AttemptForm {
    private AttemptForm() {}

    static ObjectNode write(StoredAttempt row) {
        CallAttempt attempt = row.attempt();
        ObjectNode json = Nodes.object();
        json.put("id", attempt.id());
        json.put("number", attempt.phoneNumber().e164());
        json.put("status", attempt.status().name());
        Forms.put(json, "startedAt", attempt.startedAt());
        Forms.put(json, "answeredAt", attempt.answeredAt());
        Forms.put(json, "endedAt", attempt.endedAt());
        Forms.put(json, "result", attempt.result().map(Enum::name));
        Forms.put(json, "dialError", attempt.dialError().map(Enum::name));
        Forms.put(json, "endedBy", attempt.endedBy().map(Enum::name));
        Forms.put(json, "endReason", attempt.endReason().map(Enum::name));
        Forms.put(json, "recording", attempt.recordingUrl());
        attempt.transcript().ifPresent(items -> {
            ArrayNode array = json.putArray("transcript");
            items.forEach(item -> array.add(item(item)));
        });
        attempt.structuredOutput().ifPresent(output -> json.set("output", Nodes.value(output)));
        row.failure().ifPresent(failure -> json.set("failure", failure(failure)));
        if (!row.media().equals(MediaReport.NONE)) {
            json.set("media", media(row.media()));
        }
        if (!row.turns().isEmpty()) {
            ArrayNode turns = json.putArray("turns");
            row.turns().forEach(turn -> turns.add(turn(turn)));
        }
        json.put("analysis", row.analysis().name());
        row.owner()
                .ifPresent(
                        node -> json.putObject("owner").put("name", node.name()).put("life", node.incarnation()));
        Forms.put(json, "line", row.line());
        Forms.put(json, "holdsUntil", row.holdsUntil());
        return json;
    }

    private static ObjectNode item(TranscriptItem item) {
        ObjectNode json = Nodes.object().put("content", item.content());
        return switch (item) {
            case TranscriptItem.User user -> json.put("role", "user");
            case TranscriptItem.Assistant assistant ->
                json.put("role", "assistant").put("interrupted", assistant.interrupted());
            case TranscriptItem.Tool tool -> {
                json.put("role", "tool").put("name", tool.name()).put("output", tool.output());
                json.set("arguments", Nodes.value(tool.arguments()));
                yield json.put("error", tool.error());
            }
        };
    }

    private static ObjectNode failure(SipFailure failure) {
        ObjectNode json = Nodes.object().put("trunk", failure.trunk());
        failure.sipStatus().ifPresent(status -> json.put("status", status));
        failure.q850Cause().ifPresent(cause -> json.put("cause", cause));
        Forms.put(json, "phrase", failure.reasonPhrase());
        failure.retry().ifPresent(advice -> json.put("retry", advice.name().toLowerCase(Locale.ROOT)));
        return json;
    }

    private static ObjectNode media(MediaReport media) {
        ObjectNode json = Nodes.object()
                .put("codec", media.codec())
                .put("sent", media.packetsSent())
                .put("received", media.packetsReceived())
                .put("lost", media.packetsLost())
                .put("concealed", media.packetsConcealed())
                .put("dropped", media.packetsDropped())
                .put("jitter", media.jitterMicros())
                .put("vad", media.voiceActivity());
        json.set("quality", quality(media.quality()));
        json.set("echo", echo(media.echo()));
        return json;
    }

    private static ObjectNode echo(MediaReport.Echo echo) {
        return Nodes.object()
                .put("suppressed", echo.suppressedMs())
                .put("loss", echo.returnLossDb())
                .put("delay", echo.delayMs());
    }

    private static ObjectNode quality(MediaReport.Quality quality) {
        return Nodes.object()
                .put("loss", quality.lossRate())
                .put("discard", quality.discardRate())
                .put("burstDensity", quality.burstDensity())
                .put("gapDensity", quality.gapDensity())
                .put("burst", quality.burstMs())
                .put("gap", quality.gapMs())
                .put("roundTrip", quality.roundTripMicros())
                .put("nominal", quality.bufferNominalMicros())
                .put("max", quality.bufferMaxMicros())
                .put("endSystem", quality.endSystemMicros())
                .put("r", quality.rFactor())
                .put("listening", quality.mosListening())
                .put("conversational", quality.mosConversational());
    }

    private static ObjectNode turn(TurnLatency turn) {
        ObjectNode json = Nodes.object().put("turn", turn.turn());
        turn.milestones().forEach((milestone, nanos) -> json.put(milestone.name(), nanos));
        return json;
    }

    static StoredAttempt read(JsonNode json) {
        CallAttempt attempt = new CallAttempt(
                Forms.text(json, "id"),
                PhoneNumber.of(Forms.text(json, "number")),
                AttemptStatus.valueOf(Forms.text(json, "status")),
                Forms.instant(json, "startedAt"),
                Forms.instant(json, "answeredAt"),
                Forms.instant(json, "endedAt"),
                Forms.choice(json, "result", AnsweredBy.class),
                Forms.choice(json, "dialError", DialError.class),
                Forms.choice(json, "endedBy", EndedBy.class),
                Forms.choice(json, "endReason", EndReason.class),
                Forms.maybeText(json, "recording").map(URI::create),
                Optional.ofNullable(json.get("transcript")).map(array -> Forms.list(array, AttemptForm::item)),
                Optional.ofNullable(json.get("output")).map(Forms::values));
        return new StoredAttempt(
                attempt,
                Optional.ofNullable(json.get("failure")).map(AttemptForm::failure),
                Optional.ofNullable(json.get("media")).map(AttemptForm::media).orElse(MediaReport.NONE),
                Optional.ofNullable(json.get("turns"))
                        .map(array -> Forms.list(array, AttemptForm::turn))
                        .orElse(List.of()),
                StoredAttempt.AnalysisState.valueOf(Forms.text(json, "analysis")),
                Optional.ofNullable(json.get("owner"))
                        .map(node -> new NodeId(
                                Forms.text(node, "name"), node.required("life").longValue())),
                Forms.maybeText(json, "line"),
                Forms.instant(json, "holdsUntil"));
    }

    private static TranscriptItem item(JsonNode json) {
        String content = Forms.text(json, "content");
        String role = Forms.text(json, "role");
        return switch (role) {
            case "user" -> new TranscriptItem.User(content);
            case "assistant" ->
                new TranscriptItem.Assistant(
                        content, json.required("interrupted").booleanValue());
            case "tool" ->
                new TranscriptItem.Tool(
                        Forms.text(json, "name"),
                        Forms.values(json.required("arguments")),
                        Forms.text(json, "output"),
                        json.required("error").booleanValue(),
                        content);
            default -> throw new IllegalArgumentException("unknown role");
        };
    }

    private static SipFailure failure(JsonNode json) {
        return new SipFailure(
                whole(json, "status"),
                whole(json, "cause"),
                Forms.maybeText(json, "phrase"),
                Forms.text(json, "trunk"),
                Forms.maybeText(json, "retry").map(name -> RetryAdvice.valueOf(name.toUpperCase(Locale.ROOT))));
    }

    private static OptionalInt whole(JsonNode json, String name) {
        return json.has(name) ? OptionalInt.of(json.required(name).intValue()) : OptionalInt.empty();
    }

    private static MediaReport media(JsonNode json) {
        return new MediaReport(
                Forms.text(json, "codec"),
                json.required("sent").longValue(),
                json.required("received").longValue(),
                json.required("lost").longValue(),
                json.required("concealed").longValue(),
                json.required("dropped").longValue(),
                json.required("jitter").longValue(),
                Forms.text(json, "vad"),
                // Attempts that were stored before this was counted have none.
                json.has("quality") ? quality(json.required("quality")) : MediaReport.Quality.NONE,
                json.has("echo") ? echo(json.required("echo")) : MediaReport.Echo.NONE);
    }

    private static MediaReport.Echo echo(JsonNode json) {
        return new MediaReport.Echo(
                json.required("suppressed").longValue(),
                json.required("loss").doubleValue(),
                json.required("delay").intValue());
    }

    private static MediaReport.Quality quality(JsonNode json) {
        return new MediaReport.Quality(
                json.required("loss").doubleValue(),
                json.required("discard").doubleValue(),
                json.required("burstDensity").doubleValue(),
                json.required("gapDensity").doubleValue(),
                json.required("burst").intValue(),
                json.required("gap").intValue(),
                json.required("roundTrip").longValue(),
                json.required("nominal").longValue(),
                json.required("max").longValue(),
                json.required("endSystem").longValue(),
                json.required("r").doubleValue(),
                json.required("listening").doubleValue(),
                json.required("conversational").doubleValue());
    }

    private static TurnLatency turn(JsonNode json) {
        Map<TurnLatency.Milestone, Long> milestones = new EnumMap<>(TurnLatency.Milestone.class);
        for (TurnLatency.Milestone milestone : TurnLatency.Milestone.values()) {
            JsonNode nanos = json.get(milestone.name());
            if (nanos != null) {
                milestones.put(milestone, nanos.longValue());
            }
        }
        return new TurnLatency(json.required("turn").intValue(), milestones);
    }
}
