package dev.revox.examples.recipe;

import dev.revox.CallEngine;
import dev.revox.CallHandle;
import dev.revox.agent.VoiceAgents;
import dev.revox.assistant.Assistant;
import dev.revox.order.CallOrder;
import dev.revox.secret.Secret;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipTrunk;
import dev.revox.wire.CallReport;

/**
 * Recipe 1: place one call over a trunk and print what came of it, as JSON.
 *
 * <p>Arguments: trunk URI, user, number to call. The trunk's password and the keys come from {@code TRUNK_PASSWORD},
 * {@code OPENAI_API_KEY} and {@code CARTESIA_API_KEY}.
 */
public final class R01PlaceACall {

    private R01PlaceACall() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("usage: R01PlaceACall sip:trunk.example.net user +14155550100");
            System.exit(2);
        }
        Secret secret = secret("TRUNK_PASSWORD");
        Secret openAiKey = secret("OPENAI_API_KEY");
        Secret cartesiaKey = secret("CARTESIA_API_KEY");
        try (CallEngine engine = CallEngine.builder()
                .line(SipCallLine.builder()
                        .trunk(SipTrunk.of(args[0]).credentials(args[1], secret))
                        .build())
                .agent(VoiceAgents.builder()
                        .openAi(openAiKey)
                        .cartesia(cartesiaKey)
                        .build())
                .build()) {
            CallHandle call = engine.place(CallOrder.to(args[2])
                    .forceNow()
                    .assistant(Assistant.prompt("You confirm tomorrow's appointment with {{name}}.")
                            .firstSentence("Hi {{name}}!")
                            .build())
                    .variable("name", "Dana")
                    .build());
            CallReport report = call.report().join();
            System.out.println(report.toJson());
        }
    }

    private static Secret secret(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("set " + variable);
        }
        return Secret.of(value);
    }
}
