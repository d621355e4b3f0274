package dev.revox.agent.dialogue;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a call's history that fits its budget: the first sentence, and the newest turns.
 *
 * <p>A turn goes as a whole, from a message of the person to the one before their next, so a tool's call and its result stay
 * together. The newest turn stays whatever it holds. When the budget is full the oldest turns go until a quarter of it is free:
 * so the history begins with the same messages for many turns, and providers that keep what they have read need not read it anew.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class ContextWindow {

    static final String LEFT_OUT = "[Earlier parts of the call are left out here.]\n";

    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int LATIN_LETTERS_PER_TOKEN = 4;
    private static final int FIRST_OTHER_LETTER = 0x250;

    private final int mostTokens;
    private int firstTurn;

    ContextWindow(ContextSettings settings) {
        mostTokens = settings.mostTokens();
    }

    /** What of the history is told now. */
    List<ChatMessage> of(List<ChatMessage> history) {
        List<List<ChatMessage>> turns = turns(history);
        Optional<ChatMessage> firstSentence = history.stream()
                .filter(message -> message instanceof ChatMessage.Assistant said
                        && said.toolCalls().isEmpty())
                .findFirst();
        firstTurn = Math.min(firstTurn, turns.size() - 1);
        if (tokens(turns, firstTurn, firstSentence) > mostTokens) {
            while (firstTurn < turns.size() - 1 && tokens(turns, firstTurn, firstSentence) > mostTokens * 3 / 4) {
                firstTurn++;
            }
        }
        return firstTurn == 0 ? history : told(turns, firstSentence);
    }

    private List<ChatMessage> told(List<List<ChatMessage>> turns, Optional<ChatMessage> firstSentence) {
        List<ChatMessage> told = new ArrayList<>();
        List<ChatMessage> kept = turns.subList(firstTurn, turns.size()).stream()
                .flatMap(List::stream)
                .toList();
        firstSentence.filter(sentence -> !kept.contains(sentence)).ifPresent(told::add);
        for (int i = 0; i < kept.size(); i++) {
            ChatMessage message = kept.get(i);
            told.add(
                    i == 0 && message instanceof ChatMessage.User user
                            ? new ChatMessage.User(LEFT_OUT + user.text())
                            : message);
        }
        return told;
    }

    /** What was before the person's first words, then the turns. */
    private static List<List<ChatMessage>> turns(List<ChatMessage> history) {
        List<List<ChatMessage>> turns = new ArrayList<>();
        turns.add(new ArrayList<>());
        for (ChatMessage message : history) {
            if (message instanceof ChatMessage.User) {
                turns.add(new ArrayList<>());
            }
            turns.getLast().add(message);
        }
        return turns;
    }

    private static long tokens(List<List<ChatMessage>> turns, int from, Optional<ChatMessage> firstSentence) {
        long tokens = 0;
        for (List<ChatMessage> turn : turns.subList(from, turns.size())) {
            for (ChatMessage message : turn) {
                tokens += tokens(message);
            }
        }
        return from == 0
                ? tokens
                : tokens + firstSentence.map(ContextWindow::tokens).orElse(0L) + tokens(LEFT_OUT);
    }

    static long tokens(ChatMessage message) {
        return TOKENS_PER_MESSAGE
                + switch (message) {
                    case ChatMessage.Instructions instructions -> tokens(instructions.text());
                    case ChatMessage.User user -> tokens(user.text());
                    case ChatMessage.ToolResult result -> tokens(result.output());
                    case ChatMessage.Assistant said -> {
                        long tokens = tokens(said.text());
                        for (ToolCall call : said.toolCalls()) {
                            tokens += TOKENS_PER_MESSAGE + tokens(call.name()) + tokens(call.argumentsJson());
                        }
                        yield tokens;
                    }
                };
    }

    private static long tokens(String text) {
        long latin = text.chars().filter(c -> c < FIRST_OTHER_LETTER).count();
        return (latin + LATIN_LETTERS_PER_TOKEN - 1) / LATIN_LETTERS_PER_TOKEN + text.length() - latin;
    }
}
