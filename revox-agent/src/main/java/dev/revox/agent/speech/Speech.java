package dev.revox.agent.speech;

import java.util.ArrayList;
import java.util.List;

/**
 * One act of agent speech - a first sentence, a reply, an apology - made of clauses that follow each other.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Speech {

    /** Why the agent speaks. */
    public enum Kind {
        OPENING,
        REPLY,
        /** "One moment": while the model takes long. */
        FILLER,
        /** An apology, or a question about the line itself. */
        NOTICE,
        /** The last words: heard to their end. */
        CLOSING
    }

    private final Kind kind;
    private final int turn;
    private final HeardLedger ledger;
    final List<Clause> clauses = new ArrayList<>();
    private final StringBuilder generated = new StringBuilder();

    boolean complete;
    boolean held;
    boolean cut;
    boolean protectedToEnd;
    boolean started;

    Speech(Kind kind, int turn, boolean held, HeardLedger ledger) {
        this.kind = kind;
        this.turn = turn;
        this.held = held;
        this.ledger = ledger;
        this.protectedToEnd = kind == Kind.CLOSING;
    }

    public Kind kind() {
        return kind;
    }

    /** The user turn that it answers, 0 for none. */
    public int turn() {
        return turn;
    }

    /** What was played of it so far, cut at a whole word. */
    public String heard() {
        StringBuilder heard = new StringBuilder();
        for (Clause clause : clauses) {
            append(heard, ledger.heard(clause.segmentId));
        }
        return heard.toString();
    }

    /** Everything that was to be said. */
    public String generated() {
        return generated.toString();
    }

    /** It was thrown away before its end. */
    public boolean interrupted() {
        return cut && !heard().equals(generated());
    }

    /** A first packet of it has left. */
    public boolean started() {
        return started;
    }

    public boolean isProtected() {
        return protectedToEnd;
    }

    /** Sound of it that is there already, in microseconds. */
    public long madeMicros() {
        long micros = 0;
        for (Clause clause : clauses) {
            ClauseSink sink = clause.sink;
            micros += sink == null ? 0 : sink.madeMicros();
        }
        return micros;
    }

    /** True when all of its sound is there. */
    public boolean made() {
        return complete && clauses.stream().allMatch(clause -> clause.stage == Clause.Stage.MADE);
    }

    /** Everything that was given so far has been played, whether more is to come or not. */
    public boolean quiet() {
        return clauses.stream().allMatch(clause -> clause.ended);
    }

    void addText(String text) {
        append(generated, text);
    }

    boolean over() {
        return complete && quiet();
    }

    private static void append(StringBuilder text, String more) {
        if (!text.isEmpty() && !more.isEmpty()) {
            text.append(' ');
        }
        text.append(more);
    }

    @Override
    public String toString() {
        return "Speech[" + kind + ", turn " + turn + ", " + clauses.size() + " clauses]";
    }
}
