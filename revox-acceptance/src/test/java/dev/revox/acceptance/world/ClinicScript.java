package dev.revox.acceptance.world;

import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.voice.ClipSet;
import java.util.List;

/** What the local language model says for a clinic; it answers to single words, so a lost word changes the talk. */
public final class ClinicScript implements ChatScript {

    public static final String LONG_SENTENCE =
            "Please bring your insurance card and a list of the medicine that you take, and"
                    + " come fifteen minutes early so that we can fill in the forms together.";

    @Override
    public Answer answer(Request request) {
        if (request.responseSchema().isPresent()) {
            return Answer.text("{\"outcome\":\"completed\",\"outcome_summary\":\"Confirmed.\"}");
        }
        List<String> said = ClipSet.words(request.lastUserText());
        if (said.contains("goodbye")) {
            return new Answer("Thank you Dana.", List.of(new Call("end_call", "{\"reason\":\"settled\"}")));
        }
        if (said.contains("eleven")) {
            return Answer.text("Of course. I have moved your appointment to eleven tomorrow.");
        }
        if (said.contains("parking")) {
            boolean told = request.messages().getLast().role().equals("tool");
            if (request.tools().contains("check_parking") && !told) {
                return Answer.call("check_parking", "{\"day\":\"2026-03-05\",\"cars\":1}");
            }
            return Answer.text("Yes, you can park for free behind the building.");
        }
        if (said.contains("dana")) {
            return Answer.text("Wonderful. " + LONG_SENTENCE);
        }
        return Answer.text("I am sorry, I did not understand that.");
    }
}
