package dev.revox.agent.speech;

import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern WORD = Pattern.compile("\\S+");

    /** How fast a voice speaks before anything of it is known. */
    private static final double FIRST_GUESS_MICROS_PER_CHAR = 1_000_000.0 / 15;

    /** Sample counts and word times are rounded; a word that lacks no more than this was played. */
    private static final long ROUNDING_MICROS = 2_000;

    private static final class Account {
        String text;
        final List<WordTiming> timings = new ArrayList<>();
        long totalMicros = -1;
        long playedMicros;
        boolean finished;

        Account(String text) {
            this.text = text;
        }
    }

    private final Map<Long, Account> accounts = new HashMap<>();
    private double microsPerChar = FIRST_GUESS_MICROS_PER_CHAR;

    public void open(long segmentId, String text) {
        accounts.put(segmentId, new Account(text));
    }

    /** The words of a segment that come apart from its sound, as far as they are known now. */
    public void text(long segmentId, String text) {
        Account account = accounts.get(segmentId);
        if (account != null) {
            account.text = text;
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
        microsPerChar = (double) micros / Math.max(1, account.text.length());
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
        if (account.finished || account.text.isEmpty()) {
            return account.text;
        }
        return account.text.substring(0, heardChars(account, account.playedMicros));
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
        String rest = account.text.substring(spoken).strip();
        account.text = account.text.substring(0, spoken);
        if (account.timings.size() > wordEnds(account.text).size()) {
            account.timings
                    .subList(wordEnds(account.text).size(), account.timings.size())
                    .clear();
        }
        account.totalMicros = micros;
        return rest;
    }

    private int heardChars(Account account, long micros) {
        if (micros <= 0) {
            return 0;
        }
        List<Integer> ends = wordEnds(account.text);
        boolean timed = account.timings.size() == ends.size();
        boolean timedSoFar = account.totalMicros < 0 && account.timings.size() < ends.size();
        double totalMicros = account.totalMicros > 0
                ? account.totalMicros
                : Math.max((double) micros, account.text.length() * microsPerChar);
        int heard = 0;
        for (int word = 0; word < ends.size(); word++) {
            long endMicros = timed || (timedSoFar && word < account.timings.size())
                    ? account.timings.get(word).endMicros()
                    : (long) (totalMicros * ends.get(word) / account.text.length());
            if (endMicros > micros + ROUNDING_MICROS) {
                break;
            }
            heard = ends.get(word);
        }
        return heard;
    }

    private static List<Integer> wordEnds(String text) {
        List<Integer> ends = new ArrayList<>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            ends.add(words.end());
        }
        return ends;
    }
}
