package dev.revox.agent.dialogue;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.speech.Speech;
import dev.revox.transcript.TranscriptItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said and done, in order. Agent speech is kept as the speech itself, so the transcript and the model's history both
 * read from the heard-ledger.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Dialogue {

    private sealed interface Entry {}

    private record Said(String text) implements Entry {}

    private record Spoke(Speech speech) implements Entry {}

    private record Used(TranscriptItem.Tool item) implements Entry {}

    private final List<Entry> entries = new ArrayList<>();
    private final ContextWindow window;

    public Dialogue(ContextSettings context) {
        window = new ContextWindow(context);
    }

    public void user(String text) {
        entries.add(new Said(text));
    }

    /** The person said it before the agent's first sentence, though it was recognised later. */
    public void userBeforeOpening(String text) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Spoke spoke && spoke.speech().kind() == Speech.Kind.OPENING) {
                entries.add(i, new Said(text));
                return;
            }
        }
        user(text);
    }

    /** Recognition found other words for the end of a turn than those that were answered. */
    public void correct(String taken, String rightWords) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i) instanceof Said said && said.text().endsWith(taken)) {
                String before = said.text().substring(0, said.text().length() - taken.length());
                entries.set(i, new Said(before + rightWords.strip()));
                return;
            }
        }
    }

    public void agent(Speech speech) {
        entries.add(new Spoke(speech));
    }

    public void tool(TranscriptItem.Tool item) {
        entries.add(new Used(item));
    }

    /** Removes and gives the last user turn if the other side has heard nothing since. */
    public Optional<String> takeBackUnanswered() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            switch (entries.get(i)) {
                case Said said -> {
                    entries.remove(i);
                    return Optional.of(said.text());
                }
                case Used used -> {
                    return Optional.empty();
                }
                case Spoke spoke -> {
                    if (spoke.speech().started()) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    public List<TranscriptItem> transcript() {
        List<TranscriptItem> items = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Said said -> items.add(new TranscriptItem.User(said.text()));
                case Used used -> items.add(used.item());
                case Spoke spoke -> {
                    String heard = spoke.speech().heard();
                    if (!heard.isEmpty()) {
                        boolean interrupted = !heard.equals(spoke.speech().generated());
                        items.add(new TranscriptItem.Assistant(heard, interrupted));
                    }
                }
            }
        }
        return items;
    }

    /**
     * The same as messages for the model, with the tools that were used: what is booked must not be booked again. Of a long call
     * only what its {@link ContextSettings} allow.
     */
    public List<ChatMessage> history() {
        List<ChatMessage> messages = new ArrayList<>();
        List<TranscriptItem.Tool> used = new ArrayList<>();
        for (TranscriptItem item : transcript()) {
            if (item instanceof TranscriptItem.Tool tool) {
                used.add(tool);
                continue;
            }
            UsedTools.addTo(messages, used);
            used.clear();
            messages.add(
                    item instanceof TranscriptItem.User
                            ? new ChatMessage.User(item.content())
                            : new ChatMessage.Assistant(item.content(), List.of()));
        }
        UsedTools.addTo(messages, used);
        return window.of(messages);
    }
}
