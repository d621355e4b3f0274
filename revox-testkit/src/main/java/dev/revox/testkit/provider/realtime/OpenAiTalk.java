package dev.revox.testkit.provider.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.testkit.provider.socket.FrameQueue;
import dev.revox.testkit.server.SocketCall;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One session of {@link OpenAiRealtimeServer}. <b>Thread:</b> the server's; frames leave on its alarms too. */
final class OpenAiTalk {

    /** A response under way. */
    private record Response(String id, JsonNode metadata, FrameQueue frames) {}

    private final OpenAiRealtimeServer server;
    private final SocketCall call;
    private final Spoken input = new Spoken();
    private final AtomicReference<Optional<Response>> active = new AtomicReference<>(Optional.empty());
    private LineSound inputFormat = LineSound.PCM;
    private LineSound outputFormat = LineSound.PCM;
    private String said = "";
    private int items;
    private int responses;

    OpenAiTalk(OpenAiRealtimeServer server, SocketCall call) {
        this.server = server;
        this.call = call;
    }

    void received(JsonNode event) {
        switch (event.path("type").asText()) {
            case "session.update" -> update(event);
            case "input_audio_buffer.append" ->
                input.add(Base64.getDecoder().decode(event.path("audio").asText()));
            case "input_audio_buffer.clear" -> {
                input.clear();
                send(server.event("input_audio_buffer.cleared"));
            }
            case "input_audio_buffer.commit" -> commit(event);
            case "conversation.item.create" -> {
                said = "tool: " + event.path("item").path("output").asText();
                send(server.event("conversation.item.added"));
            }
            case "conversation.item.truncate" -> {
                server.truncations.add(new OpenAiRealtimeServer.Truncation(
                        event.path("item_id").asText(),
                        event.path("audio_end_ms").asLong()));
                send(server.event("conversation.item.truncated")
                        .put("item_id", event.path("item_id").asText()));
            }
            case "response.create" -> respond(event);
            case "response.cancel" -> cancel(event);
            default -> error(event, "unknown_event");
        }
    }

    private void update(JsonNode event) {
        JsonNode session = event.path("session");
        JsonNode in = session.path("audio").path("input");
        if (!session.path("type").asText().equals("realtime")
                || !in.path("turn_detection").isNull()) {
            error(event, "invalid_value");
            return;
        }
        server.updates.add(session);
        inputFormat = LineSound.of(in.path("format").path("type").asText());
        JsonNode out = session.path("audio").path("output").path("format");
        if (!out.isMissingNode()) {
            outputFormat = LineSound.of(out.path("type").asText());
        }
        ObjectNode updated = server.event("session.updated");
        updated.set("session", session);
        send(updated);
    }

    private void commit(JsonNode event) {
        short[] pcm = input.take(inputFormat);
        if (pcm.length < inputFormat.rateHz / 10) {
            error(event, "input_audio_buffer_commit_empty");
            return;
        }
        String item = "item_user_" + ++items;
        send(server.event("input_audio_buffer.committed").put("item_id", item));
        said = server.recogniser.recognise(pcm, inputFormat.rateHz);
        server.sockets.inputs.add(said);
        send(server.event("conversation.item.input_audio_transcription.completed")
                .put("item_id", item)
                .put("content_index", 0)
                .put("transcript", said));
    }

    private void respond(JsonNode event) {
        if (active.get().isPresent()) {
            error(event, "conversation_already_has_active_response");
            return;
        }
        JsonNode how = event.path("response");
        Response response = new Response("resp_" + ++responses, how.path("metadata"), server.sockets.begin(call));
        active.set(Optional.of(response));
        send(about("response.created", response, "in_progress"));
        Optional<String> direction = how.path("instructions").isTextual()
                ? Optional.of(how.path("instructions").asText())
                : Optional.empty();
        RealtimeScript.Answer answer = server.script.answer(said, direction);
        said = "";
        if (!answer.text().isEmpty() && !response.frames().isEmptyHanded()) {
            speak(response, answer.text());
        }
        answer.call().ifPresent(tool -> callTool(response, tool));
        response.frames()
                .add(new FrameQueue.Frame(
                        about("response.done", response, "completed").toString(), false, () -> over(response)));
    }

    private void speak(Response response, String text) {
        String item = "item_agent_" + ++items;
        ObjectNode added = part("response.output_item.added", response);
        added.putObject("item").put("id", item).put("type", "message");
        queue(response, added, false);
        queue(
                response,
                part("response.output_audio_transcript.delta", response)
                        .put("item_id", item)
                        .put("delta", text),
                false);
        List<byte[]> pieces = outputFormat.encode(server.speaker.speak(text, outputFormat.rateHz));
        for (byte[] piece : pieces) {
            queue(
                    response,
                    part("response.output_audio.delta", response)
                            .put("item_id", item)
                            .put("content_index", 0)
                            .put("delta", Base64.getEncoder().encodeToString(piece)),
                    true);
        }
    }

    private void callTool(Response response, RealtimeScript.Call tool) {
        String item = "item_tool_" + ++items;
        ObjectNode added = part("response.output_item.added", response);
        added.putObject("item")
                .put("id", item)
                .put("type", "function_call")
                .put("name", tool.name())
                .put("call_id", "call_" + items);
        queue(response, added, false);
        queue(
                response,
                part("response.function_call_arguments.done", response)
                        .put("item_id", item)
                        .put("call_id", "call_" + items)
                        .put("arguments", tool.argumentsJson()),
                false);
    }

    private void cancel(JsonNode event) {
        Optional<Response> response = active.get()
                .filter(one -> one.id().equals(event.path("response_id").asText()));
        if (response.isEmpty()) {
            error(event, "response_cancel_not_active");
            return;
        }
        response.get().frames().stop();
        send(about("response.done", response.get(), "cancelled"));
        over(response.get());
    }

    private void over(Response response) {
        Optional<Response> before = active.get();
        if (before.filter(one -> one.id().equals(response.id())).isPresent()
                && active.compareAndSet(before, Optional.empty())) {
            server.sockets.underWay.decrementAndGet();
        }
    }

    void gone() {
        active.get().ifPresent(response -> {
            response.frames().stop();
            over(response);
        });
    }

    private void queue(Response response, ObjectNode event, boolean sound) {
        response.frames().add(new FrameQueue.Frame(event.toString(), sound));
    }

    private ObjectNode part(String type, Response response) {
        return server.event(type).put("response_id", response.id());
    }

    private ObjectNode about(String type, Response response, String status) {
        ObjectNode event = server.event(type);
        ObjectNode body = event.putObject("response").put("id", response.id()).put("status", status);
        body.set("metadata", response.metadata());
        return event;
    }

    private void error(JsonNode about, String code) {
        ObjectNode event = server.event("error");
        event.putObject("error")
                .put("type", "invalid_request_error")
                .put("code", code)
                .put("message", "refused")
                .put("event_id", about.path("event_id").asText());
        send(event);
    }

    private void send(ObjectNode event) {
        call.send(event.toString());
    }
}
