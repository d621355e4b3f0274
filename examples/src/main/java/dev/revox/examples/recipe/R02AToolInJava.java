package dev.revox.examples.recipe;

import dev.revox.CallEngine;
import dev.revox.CallHandle;
import dev.revox.agent.VoiceAgents;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.host.Description;
import dev.revox.assistant.Assistant;
import dev.revox.order.CallOrder;
import dev.revox.secret.Secret;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipTrunk;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recipe 2: the agent books a table with a method of yours while it talks.
 *
 * <p>Arguments: trunk URI, user, number to call. The trunk's password and the key come from {@code TRUNK_PASSWORD} and {@code
 * OPENAI_API_KEY}.
 */
public final class R02AToolInJava {

    private enum Room {
        BAR,
        TERRACE
    }

    private record Booking(
            @Description("the day of the visit") LocalDate day,
            Room room,
            @Description("how many people come") int guests,
            Optional<String> wish) {}

    private static final int SEATS = 12;

    private final Map<String, Booking> tables = new ConcurrentHashMap<>();

    private R02AToolInJava() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("usage: R02AToolInJava sip:trunk.example.net user +14155550100");
            System.exit(2);
        }
        new R02AToolInJava().call(args[0], args[1], args[2]);
    }

    private void call(String trunk, String user, String number) {
        try (CallEngine engine = CallEngine.builder()
                .line(SipCallLine.builder()
                        .trunk(SipTrunk.of(trunk).credentials(user, secret("TRUNK_PASSWORD")))
                        .build())
                .agent(VoiceAgents.builder()
                        .openAi(secret("OPENAI_API_KEY"))
                        .tool(
                                "book_table",
                                "Books a table, once the person has agreed to day, room and number of guests.",
                                Booking.class,
                                this::book)
                        .build())
                .build()) {
            CallHandle call = engine.place(CallOrder.to(number)
                    .forceNow()
                    .assistant(Assistant.prompt("You call {{name}} to book the table they asked for.")
                            .firstSentence("Hi {{name}}! When would you like to come?")
                            .build())
                    .variable("name", "Dana")
                    .build());
            System.out.println(call.report().join().toJson());
            tables.values().forEach(System.out::println);
        }
    }

    /** Runs on a thread of its own; what it returns is told to the model. */
    private Object book(Booking wanted, ToolContext call) {
        if (wanted.guests() > SEATS) {
            return ToolOutput.error("There are only " + SEATS + " seats.");
        }
        // The model may call twice, for example after an interruption: one table for each call.
        tables.put(call.attemptId(), wanted);
        return "Booked for " + wanted.guests() + " on " + wanted.day() + ".";
    }

    private static Secret secret(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("set " + variable);
        }
        return Secret.of(value);
    }
}
