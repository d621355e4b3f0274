package dev.revox.agent.realtime.voice;

import dev.revox.agent.speech.Speech;
import dev.revox.transcript.TranscriptItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said and done, in order. A turn of the person has its place from the moment at which it ended, whenever its words come.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Talk {

    private sealed interface Entry {}

    private record Said(int turn) implements Entry {}

    private record Spoke(Item item) implements Entry {}

    /** Words of another voice. */
    private record Voiced(Speech speech) implements Entry {}

    private record Used(TranscriptItem.Tool item) implements Entry {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, String> words = new HashMap<>();
    private final Set<Integer> owed = new HashSet<>();

    /** The person has finished this turn; its words come later. */
    public void userTurn(int turn) {
        entries.add(new Said(turn));
        owed.add(turn);
    }

    public void userWords(int turn, String text, boolean complete) {
        words.put(turn, text.strip());
        if (complete) {
            owed.remove(turn);
        }
    }

    /** The words of a turn are not complete. */
    public boolean owesWords() {
        return !owed.isEmpty();
    }

    public void agent(Item item) {
        entries.add(new Spoke(item));
    }

    public void agent(Speech speech) {
        entries.add(new Voiced(speech));
    }

    public void tool(TranscriptItem.Tool item) {
        entries.add(new Used(item));
    }

    public List<TranscriptItem> transcript() {
        List<TranscriptItem> items = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Said said -> {
                    String text = words.getOrDefault(said.turn(), "");
                    if (!text.isEmpty()) {
                        items.add(new TranscriptItem.User(text));
                    }
                }
                case Used used -> items.add(used.item());
                case Spoke spoke ->
                    add(items, spoke.item().heard(), spoke.item().generated());
                case Voiced voiced ->
                    add(items, voiced.speech().heard(), voiced.speech().generated());
            }
        }
        return items;
    }

    private static void add(List<TranscriptItem> items, String heard, String generated) {
        if (!heard.isEmpty()) {
            items.add(new TranscriptItem.Assistant(heard, !heard.equals(generated)));
        }
    }

    /** The same as text, for a session that takes over; empty when nothing was said. */
    public String retold() {
        StringBuilder text = new StringBuilder();
        for (TranscriptItem item : transcript()) {
            switch (item) {
                case TranscriptItem.User user -> text.append("\nPerson: ").append(user.content());
                case TranscriptItem.Assistant agent -> text.append("\nYou: ").append(agent.content());
                case TranscriptItem.Tool tool -> {}
            }
        }
        return text.toString();
    }
}
