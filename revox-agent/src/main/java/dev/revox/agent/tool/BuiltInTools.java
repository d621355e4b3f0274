package dev.revox.agent.tool;

import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.conversation.ConversationCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tools that act on the call itself. They are done at once, on the call thread.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class BuiltInTools {

    static final String END_CALL = "end_call";
    static final String SKIP_TURN = "skip_turn";
    static final String SEND_DTMF = "send_dtmf";

    private static final Pattern KEYS = Pattern.compile("[0-9*#A-Dw]{1,32}");

    private static final Shape.Members REASON =
            Shape.Members.of(Shape.Member.optional("reason", Shape.Text.ANY, "why the call ends, in a few words"));

    private static final Shape.Members DIGITS = Shape.Members.of(Shape.Member.required(
            "digits",
            Shape.Text.ANY,
            "up to 32 of 0-9, *, #, A-D, in the order of pressing; w is half a second's pause"));

    private static final ToolSpec END_CALL_SPEC = new ToolSpec(
            END_CALL,
            "Ends the phone call. Use it when the conversation is over: the goal is reached and goodbyes are said, or the"
                    + " person wants to stop. Say goodbye in the same message.",
            REASON.jsonSchema());

    private static final ToolSpec SEND_DTMF_SPEC = new ToolSpec(
            SEND_DTMF,
            "Presses keys of the telephone, to choose from an automatic menu or to enter a number that it asks for. Say nothing"
                    + " in the same message; afterwards the menu is listened to.",
            DIGITS.jsonSchema());

    private static final ToolSpec SKIP_TURN_SPEC = new ToolSpec(
            SKIP_TURN,
            "Says nothing and goes on listening. Use it while an automatic menu has not come to the choice that is needed, while"
                    + " music plays, or while one is put through.",
            Shape.Members.NONE.jsonSchema());

    /** What a built-in tool does: an answer, what follows, and perhaps something that the call must do. */
    record Done(ToolOutput output, ToolResult.Effect effect, Optional<ConversationCommand> command) {}

    private final boolean navigatesMenus;

    BuiltInTools(boolean navigatesMenus) {
        this.navigatesMenus = navigatesMenus;
    }

    List<ToolSpec> specs() {
        List<ToolSpec> specs = new ArrayList<>();
        specs.add(END_CALL_SPEC);
        if (navigatesMenus) {
            specs.add(SEND_DTMF_SPEC);
            specs.add(SKIP_TURN_SPEC);
        }
        return specs;
    }

    /** Calls without an effect on anybody else, which no budget counts: the model must always be able to end the call. */
    static boolean isFree(String name) {
        return name.equals(END_CALL) || name.equals(SKIP_TURN);
    }

    /** Empty when there is no such tool in this call. */
    Optional<Done> call(String name, Optional<Map<String, Object>> arguments) {
        if (name.equals(END_CALL)) {
            // It needs no argument, so arguments that are wrong do no harm.
            return Optional.of(
                    new Done(ToolOutput.of("The call ends now."), ToolResult.Effect.END_CALL, Optional.empty()));
        }
        if (navigatesMenus && name.equals(SKIP_TURN)) {
            return Optional.of(new Done(ToolOutput.of("Listening."), ToolResult.Effect.LISTEN, Optional.empty()));
        }
        return navigatesMenus && name.equals(SEND_DTMF) ? Optional.of(press(arguments)) : Optional.empty();
    }

    private static Done press(Optional<Map<String, Object>> arguments) {
        Optional<String> problem = arguments.map(DIGITS::problem).orElse(Optional.of(ToolDesk.NO_JSON));
        if (problem.isPresent()) {
            return new Done(ToolOutput.error(problem.get()), ToolResult.Effect.GO_ON, Optional.empty());
        }
        String keys = String.valueOf(arguments.orElseThrow().get("digits"))
                .replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('W', 'w');
        if (!KEYS.matcher(keys).matches() || keys.replace("w", "").isEmpty()) {
            return new Done(
                    ToolOutput.error("argument digits must be 1 to 32 of 0-9, *, #, A-D and w, with at least one key"),
                    ToolResult.Effect.GO_ON,
                    Optional.empty());
        }
        return new Done(
                ToolOutput.of("Pressed. Now listen."),
                ToolResult.Effect.LISTEN,
                Optional.of(new ConversationCommand.SendDtmf(keys)));
    }
}
