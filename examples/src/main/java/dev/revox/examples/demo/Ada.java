package dev.revox.examples.demo;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.voice.ClipSet;
import java.util.List;
import java.util.Optional;

/**
 * The clinic's assistant, and the script by which the local language model plays her.
 *
 * <p>The script looks at words of what the recogniser understood: a word that got lost on the way gets another answer.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class Ada implements ChatScript {

    static final String LONG_SENTENCE = "Please bring your insurance card and a list of the medicine that you take, and"
            + " come fifteen minutes early so that we can fill in the forms together.";

    /** She calls somebody. */
    static Assistant calling() {
        return Assistant.prompt("""
                        You are Ada from the Riverside Clinic and you call {{name}} about an appointment tomorrow at ten \
                        with Doctor Miller. Ask for the insurance card and a list of the medicine that the patient takes, \
                        and that the patient comes fifteen minutes early. You may move the appointment to any full hour. \
                        There is free parking behind the building. Answer in one or two short sentences.""")
                .name("Ada")
                .firstSentence("Hi {{name}}! This is Ada from the Riverside Clinic.")
                .structuredOutput(
                        new DataField(
                                "appointment_time", FieldType.STRING, true, Optional.of("agreed time"), List.of()),
                        new DataField("asked_about_parking", FieldType.BOOLEAN, false, Optional.empty(), List.of()))
                .build();
    }

    /** Somebody calls her. */
    static Assistant called() {
        return calling().toBuilder().firstSentence("Hello! How can I help you?").build();
    }

    @Override
    public Answer answer(Request request) {
        if (request.responseSchema().isPresent()) {
            return Answer.text(analysis(request));
        }
        List<String> said = ClipSet.words(request.lastUserText());
        if (said.isEmpty()) {
            return Answer.text("Are you still there?");
        }
        if (said.contains("goodbye")) {
            return new Answer(
                    "Thank you Dana. See you tomorrow, goodbye!",
                    List.of(new Call("end_call", "{\"reason\":\"everything is settled\"}")));
        }
        if (said.contains("eleven")) {
            return Answer.text("Of course. I have moved your appointment to eleven tomorrow. Is there anything else?");
        }
        if (said.contains("parking")) {
            return Answer.text("Yes, you can park for free behind the building. Anything else I can do for you?");
        }
        if (said.contains("dana")) {
            return Answer.text("Wonderful. I am calling about your appointment tomorrow at ten with Doctor Miller. "
                    + LONG_SENTENCE);
        }
        return Answer.text("I am sorry, I did not understand that.");
    }

    // The model sees the transcript, so its answer depends on what was understood in the call.
    private static String analysis(Request request) {
        List<String> words = ClipSet.words(request.json());
        boolean moved = words.contains("moved");
        return """
                {"outcome":"completed","outcome_summary":"%s","%s":{"appointment_time":"%s","asked_about_parking":%b}}""".formatted(
                        moved ? "The appointment was moved to eleven." : "The appointment stays at ten.",
                        STRUCTURED_OUTPUT,
                        moved ? "eleven" : "ten",
                        request.messages().stream().anyMatch(m -> m.content().contains("any parking")));
    }

    private static final String STRUCTURED_OUTPUT = "structured_output";
}
