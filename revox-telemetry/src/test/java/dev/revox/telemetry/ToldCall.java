package dev.revox.telemetry;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand.Tell;
import dev.revox.event.CallEvent;
import dev.revox.event.CallListener;
import dev.revox.line.MediaReport;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.phone.PhoneNumber;
import dev.revox.testkit.script.CallTimeline;
import dev.revox.testkit.script.ScriptedCall;
import dev.revox.testkit.script.provider.ScriptedTool;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A whole scripted conversation, told to a listener with the events around it that an engine would tell. */
public final class ToldCall {

    public static final Instant DIALLED = Instant.parse("2026-03-02T09:00:00Z");
    public static final Instant ANSWERED = DIALLED.plusSeconds(1);
    public static final String NUMBER = "+14155550132";

    /** Nothing of it may be found in any metric or span. */
    public static final String SECRET = "xylophone";

    private static final MediaReport MEDIA = new MediaReport(
            "PCMU",
            900,
            1000,
            10,
            10,
            0,
            4_000,
            "silero",
            new MediaReport.Quality(0.01, 0.002, 0, 0, 0, 1000, 80_000, 0, 0, 0, 85, 4.1, 4.0),
            new MediaReport.Echo(4000, 20, 120));

    private ToldCall() {}

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Two turns: one answered ahead after a false start, and cut by the caller; one with a tool and a tool that was made up. */
    public static CallTimeline conversation() {
        return ScriptedCall.script()
                .tool(ScriptedTool.of("book", ms(200), SECRET))
                .callerSays(ms(500), ms(1500), ms(1800), ms(2600), "tomorrow afternoon", SECRET)
                .sttNeeds(ms(60))
                .llmAnswers("No.", ms(50))
                .llmAnswers("We could do that and talk about it for a very long time, and then some more.", ms(100))
                .callerSays(ms(5000), ms(6200), "Stop! Please book it.")
                .llmAnswersAndCalls("", "book", "{}", ms(100))
                .llmAnswersAndCalls("", "call " + NUMBER, "{}", ms(100))
                .llmAnswers("It is booked.", ms(100))
                .run(Duration.ofSeconds(12));
    }

    /** Tells the whole life of an order: one attempt, answered. */
    public static void tell(CallTimeline call, String orderId, CallListener listener) {
        OrderKey order = new OrderKey(Optional.of("tenant-of-ours"), orderId);
        String attempt = orderId + "-1";
        Instant end = ANSWERED.plus(call.lasted());
        listener.onEvent(new CallEvent.Placed(order, DIALLED));
        listener.onEvent(new CallEvent.Dialling(order, DIALLED, attempt));
        listener.onEvent(new CallEvent.Ringing(order, DIALLED.plusMillis(300), attempt));
        listener.onEvent(new CallEvent.Answered(order, ANSWERED, attempt, "PCMU"));
        for (CallTimeline.Given given : call.commands()) {
            if (given.command() instanceof Tell tell) {
                listener.onEvent(
                        new CallEvent.InConversation(order, ANSWERED.plus(given.at()), attempt, tell.notice()));
            }
        }
        listener.onEvent(new CallEvent.AttemptEnded(order, end, ended(attempt, call, end), MEDIA));
        listener.onEvent(new CallEvent.Settled(order, end, OrderStatus.COMPLETED));
    }

    /** Tells an order whose only attempt was not answered. */
    public static void tellRefused(String orderId, DialError error, CallListener listener) {
        OrderKey order = new OrderKey(Optional.empty(), orderId);
        String attempt = orderId + "-1";
        listener.onEvent(new CallEvent.Placed(order, DIALLED));
        listener.onEvent(new CallEvent.Dialling(order, DIALLED, attempt));
        listener.onEvent(
                new CallEvent.AttemptEnded(order, DIALLED.plusSeconds(3), refused(attempt, error), MediaReport.NONE));
    }

    private static CallAttempt ended(String id, CallTimeline call, Instant end) {
        return new CallAttempt(
                id,
                PhoneNumber.of(NUMBER),
                AttemptStatus.COMPLETED,
                Optional.of(DIALLED),
                Optional.of(ANSWERED),
                Optional.of(end),
                Optional.of(AnsweredBy.HUMAN),
                Optional.empty(),
                Optional.of(EndedBy.AGENT),
                Optional.of(EndReason.TOOL_END_CALL),
                Optional.empty(),
                Optional.of(call.result().transcript()),
                Optional.empty());
    }

    private static CallAttempt refused(String id, DialError error) {
        return new CallAttempt(
                id,
                PhoneNumber.of(NUMBER),
                AttemptStatus.ERROR,
                Optional.of(DIALLED),
                Optional.empty(),
                Optional.of(DIALLED.plusSeconds(3)),
                Optional.empty(),
                Optional.of(error),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
