package dev.revox.agent.speech;

import dev.revox.agent.speech.text.SpokenForm;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the other side has heard of each segment: the one source of the transcript, of the model's own history and of the
 * hang-up drain, so that they cannot disagree.
 *
 * <p>Playout is counted in microseconds of the segment's own media. A word counts as heard when all of it was played: by the
 * provider's word timings where there are as many as words, else by the share of characters. While the length of a segment
 * is still unknown, it is estimated from the rate of the segments before it.
 *
 * <p><b>Thread:</b> Confined to the call thread. <b>Units:</b> microseconds of segment media.
 */
public final class HeardLedger {

    /** How fast a voice speaks before anything of it is known. */
    private static final double FIRST_GUESS_MICROS_PER_CHAR = 1_000_000.0 / 15;

    /** Sample counts and word times are rounded; a word that lacks no more than this was played. */
    private static final long ROUNDING_MICROS = 2_000;

    private static final class Account {
        SpokenForm form;
        final List<WordTiming> timings = new ArrayList<>();
        long totalMicros = -1;
        long playedMicros;
        boolean finished;

        Account(SpokenForm form) {
            this.form = form;
        }
    }

    private final Map<Long, Account> accounts = new HashMap<>();
    private double microsPerChar = FIRST_GUESS_MICROS_PER_CHAR;

    public void open(long segmentId, String text) {
        open(segmentId, SpokenForm.verbatim(text));
    }

    /** A segment that is said otherwise than it is written. */
    void open(long segmentId, SpokenForm form) {
        accounts.put(segmentId, new Account(form));
    }

    /** The words of a segment that come apart from its sound, as far as they are known now. */
    public void text(long segmentId, String text) {
        Account account = accounts.get(segmentId);
        if (account != null) {
            account.form = SpokenForm.verbatim(text);
        }
    }

    void timings(long segmentId, List<WordTiming> timings) {
        Account account = accounts.get(segmentId);
        if (account != null) {
            account.timings.addAll(timings);
        }
    }

    /** All sound of the segment is there: its length is known. */
    public void total(long segmentId, long micros) {
        Account account = accounts.get(segmentId);
        if (account == null || micros <= 0) {
            return;
        }
        account.totalMicros = micros;
        microsPerChar = (double) micros / Math.max(1, account.form.spoken().length());
    }

    public void played(long segmentId, long micros) {
        Account account = accounts.get(segmentId);
        if (account != null) {
            account.playedMicros = Math.max(account.playedMicros, micros);
        }
    }

    public void finished(long segmentId) {
        Account account = accounts.get(segmentId);
        if (account != null) {
            account.finished = true;
        }
    }

    /** How long a text will take in this voice, by what is known of it. */
    public long estimateMicros(String text) {
        return (long) (text.length() * microsPerChar);
    }

    public String heard(long segmentId) {
        Account account = accounts.get(segmentId);
        if (account == null) {
            return "";
        }
        String text = account.form.text();
        if (account.finished || text.isEmpty()) {
            return text;
        }
        return text.substring(0, heardChars(account, account.playedMicros));
    }

    /**
     * The segment's sound stopped early, after so much media: from now on its text is only what is in that sound.
     *
     * @return the words that are missing, for another voice to say
     */
    String truncate(long segmentId, long micros) {
        Account account = accounts.get(segmentId);
        if (account == null) {
            return "";
        }
        int spoken = heardChars(account, micros);
        String rest = account.form.text().substring(spoken).strip();
        account.form = account.form.upTo(spoken);
        int words = account.form.spokenWords();
        if (account.timings.size() > words) {
            account.timings.subList(words, account.timings.size()).clear();
        }
        account.totalMicros = micros;
        return rest;
    }

    private int heardChars(Account account, long micros) {
        if (micros <= 0) {
            return 0;
        }
        int words = account.form.spokenWords();
        boolean timed = account.timings.size() == words;
        boolean timedSoFar = account.totalMicros < 0 && account.timings.size() < words;
        int chars = account.form.spoken().length();
        double totalMicros =
                account.totalMicros > 0 ? account.totalMicros : Math.max((double) micros, chars * microsPerChar);
        int heard = 0;
        for (SpokenForm.Unit unit : account.form.units()) {
            long endMicros = timed || (timedSoFar && unit.spokenWords() <= account.timings.size())
                    ? account.timings.get(unit.spokenWords() - 1).endMicros()
                    : (long) (totalMicros * unit.spokenEnd() / chars);
            if (endMicros > micros + ROUNDING_MICROS) {
                break;
            }
            heard = unit.textEnd();
        }
        return heard;
    }
}
