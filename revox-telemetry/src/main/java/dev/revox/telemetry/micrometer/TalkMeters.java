package dev.revox.telemetry.micrometer;

import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.TurnLatency;
import java.util.Locale;

/**
 * What goes on inside conversations, as metrics.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class TalkMeters {

    private static final int MOST_NAMES = 100;
    private static final String INVENTED = "invented";

    private final Meters meters;
    private final FewValues tools = new FewValues(MOST_NAMES);
    private final FewValues providers = new FewValues(MOST_NAMES);
    private final FewValues models = new FewValues(MOST_NAMES);

    TalkMeters(Meters meters) {
        this.meters = meters;
    }

    void on(ConversationNotice notice) {
        switch (notice) {
            case ConversationNotice.UserTurn turn -> meters.count("revox.turns", "Turns of people on the line");
            case ConversationNotice.AgentSpeech speech ->
                meters.count(
                        "revox.agent.speeches",
                        "Pieces of agent speech of which something was heard",
                        "interrupted",
                        String.valueOf(speech.interrupted()));
            case ConversationNotice.BargeIn bargeIn ->
                meters.count("revox.bargeins", "Interruptions of the agent by the person on the line");
            case ConversationNotice.AnsweredAhead ahead ->
                meters.count(
                        "revox.answers.ahead",
                        "Answers begun before the end of a turn",
                        "used",
                        String.valueOf(ahead.used()));
            case ConversationNotice.TurnMeasured measured -> measured(measured.latency());
            case ConversationNotice.ModelAnswered answer -> model(answer);
            case ConversationNotice.ToolCalled tool ->
                meters.wait(
                        "gen_ai.execute_tool.duration",
                        "Tool calls",
                        tool.took(),
                        "gen_ai.tool.name",
                        tool.known() ? tools.of(tool.name()) : INVENTED,
                        "error",
                        String.valueOf(tool.error()));
            case ConversationNotice.ProviderFault fault ->
                meters.count(
                        "revox.provider.faults",
                        "Failures of providers; the calls went on",
                        "provider",
                        providers.of(fault.provider()));
        }
    }

    private void measured(TurnLatency latency) {
        latency.stages()
                .forEach((milestone, took) -> meters.wait(
                        "revox.turn.stage",
                        "Stages of the time between the end of a person's speech and the first packet of the answer",
                        took,
                        "stage",
                        milestone.name().toLowerCase(Locale.ROOT)));
        meters.wait(
                "revox.turn.latency",
                "From the end of a person's speech to the first packet of the answer",
                latency.total());
        meters.wait("revox.turn.engine", "What Revox itself adds to that", latency.engineAdded());
    }

    private void model(ConversationNotice.ModelAnswered answer) {
        String[] tags = {
            "gen_ai.operation.name", "chat",
            "gen_ai.provider.name", providers.of(answer.provider()),
            "gen_ai.request.model", models.of(answer.model()),
            "outcome", answer.end().name().toLowerCase(Locale.ROOT)
        };
        meters.wait("gen_ai.client.operation.duration", "Requests to language models", answer.took(), tags);
        answer.firstToken()
                .ifPresent(took -> meters.wait(
                        "gen_ai.client.operation.time_to_first_chunk",
                        "From a request to the first token of its answer",
                        took,
                        tags));
    }
}
