package dev.revox.agent.speech.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules in the order in which they are tried. <b>Thread:</b> Immutable. */
final class Rules {

    private static final String AMOUNT = "(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d{1,2}))?";
    private static final String SHORT = AMOUNT.replace("|\\d+)", "|\\d{1,6})");
    private static final String SCALE = "(?:\\s?(million|billion|thousand))?";
    private static final String SIGN = "(\\$|€|£|USD\\s?|EUR\\s?|GBP\\s?)";
    private static final String TIME = "([01]?\\d|2[0-3]):([0-5]\\d)";

    /** A number of something, however long, is not dialled. */
    private static final String NOT_COUNTED =
            "(?!\\s(?:percent|dollars?|euros?|pounds?|cents?|penny|pence|million|billion|thousand|degrees)\\b)";

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("e.g.", "for example"),
            Map.entry("i.e.", "that is"),
            Map.entry("approx.", "approximately"),
            Map.entry("vs.", "versus"),
            Map.entry("dept.", "department"),
            Map.entry("ext.", "extension"),
            Map.entry("blvd.", "boulevard"),
            Map.entry("w/", "with"),
            Map.entry("&", "and"));

    static final List<Rule> ALL = List.of(
            Rule.english("(?i:https?://|www\\.)[^\\s<>\"]*[\\p{L}\\d/]", (match, english) -> address(match.group())),
            Rule.english("[\\w+-]+(?:\\.[\\w+-]+)*@[\\w-]+(?:\\.[\\w-]+)+", (match, english) -> address(match.group())),
            Rule.english(
                    "(?i:[a-z\\d-]+(?:\\.[a-z\\d-]+)*\\.(?:com|org|net|io|co|edu|gov|info|eu|de|fr|uk))(?:/[^\\s<>\"]*[\\p{L}\\d/])?",
                    (match, english) -> address(match.group())),
            Rule.english(
                    SIGN + SHORT + "\\s?[-–]\\s?(?:\\$|€|£)?" + SHORT + "(?:\\s?(?:\\$|€|£))?",
                    (match, english) -> priceRange(match)),
            Rule.english(
                    SIGN + AMOUNT + SCALE,
                    (match, english) -> price(match.group(1), match.group(2), match.group(3), match.group(4))),
            Rule.english(
                    SHORT + "\\s?[-–]\\s?" + SHORT + "\\s?(\\$|€|£|USD|EUR|GBP)",
                    (match, english) -> priceRangeBefore(match)),
            Rule.english(
                    AMOUNT + "\\s?(\\$|€|£|USD|EUR|GBP)",
                    (match, english) -> price(match.group(3), match.group(1), match.group(2), null)),
            Rule.english("(\\d{4})-(\\d{2})-(\\d{2})", (match, english) -> date(match)),
            Rule.english(
                    TIME + "\\s?[-–]\\s?" + TIME,
                    (match, english) -> Optional.of(
                            time(match.group(1), match.group(2)) + " to " + time(match.group(3), match.group(4)))),
            Rule.english(
                    TIME + "(?!\\s?[apAP]\\.?[mM])",
                    (match, english) -> Optional.of(time(match.group(1), match.group(2)))),
            Rule.english(
                    "(\\d{1,6}(?:\\.\\d+)?)\\s?%?[-–](\\d+(?:\\.\\d+)?)\\s?%",
                    (match, english) -> Optional.of(match.group(1) + " to " + match.group(2) + " percent")),
            Rule.english("([+-]?\\d+(?:[.,]\\d+)*)\\s?%", (match, english) -> Optional.of(match.group(1) + " percent")),
            Rule.any("\\+\\d{1,3}(?:[ ./-]?\\(?\\d{1,5}\\)?){2,6}" + NOT_COUNTED, Rules::phone),
            Rule.any("\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}" + NOT_COUNTED, Rules::phone),
            Rule.any("1[ .-]\\d{3}[ .-]\\d{3}[ .-]\\d{4}" + NOT_COUNTED, Rules::phone),
            Rule.any("\\d{3}-\\d{4}" + NOT_COUNTED, Rules::phone),
            Rule.any("0\\d{2,4}[ /-]\\d{3,8}" + NOT_COUNTED, Rules::phone),
            Rule.any("\\d{7,15}" + NOT_COUNTED, Rules::phone),
            Rule.english("(\\d{1,4})[-–](\\d{1,4})", (match, english) -> range(match)),
            Rule.english("#(\\d{1,6})(\\s?%)?", (match, english) -> Optional.of(numbered(match))),
            Rule.english("No\\.\\s(\\d{1,6})(\\s?%)?", (match, english) -> Optional.of(numbered(match))),
            Rule.english("24/7", (match, english) -> Optional.of("24 7")),
            Rule.english(
                    "(-?\\d+(?:\\.\\d+)?)\\s?°([CF])",
                    (match, english) -> Optional.of(
                            match.group(1) + " degrees " + ("C".equals(match.group(2)) ? "Celsius" : "Fahrenheit"))),
            Rule.english("(?i:etc)(?=\\.)", (match, english) -> Optional.of("et cetera")),
            Rule.english(
                    "(?i:e\\.g\\.|i\\.e\\.|approx\\.|vs\\.|dept\\.|ext\\.|blvd\\.|w/|&)",
                    (match, english) ->
                            Optional.ofNullable(ABBREVIATIONS.get(match.group().toLowerCase(Locale.ROOT)))));

    private Rules() {}

    private static Optional<String> address(String written) {
        StringBuilder said = new StringBuilder();
        String bare = written.replaceFirst("^(?i:https?://)", "").replaceFirst("/$", "");
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            switch (c) {
                case '.' -> said.append(" dot ");
                case '@' -> said.append(" at ");
                case '/' -> said.append(" slash ");
                case '-' -> said.append(" dash ");
                case '_' -> said.append(" underscore ");
                case '+' -> said.append(" plus ");
                case '?' -> said.append(" question mark ");
                case '=' -> said.append(" equals ");
                case '&' -> said.append(" and ");
                case '#' -> said.append(" hash ");
                case ':' -> said.append(" colon ");
                case '%' -> said.append(" percent ");
                default -> said.append(c);
            }
        }
        // A long run of digits in an address is one number after the other, too.
        String words = Pattern.compile("\\d{7,}")
                .matcher(said)
                .replaceAll(run -> String.join(" ", run.group().split("")))
                .strip()
                .replaceAll("\\s+", " ");
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static Optional<String> price(String sign, String whole, @Nullable String part, @Nullable String scale) {
        String[] names = names(sign);
        if (scale != null) {
            return Optional.of(whole + (part == null ? "" : "." + part) + " " + scale + " " + names[1]);
        }
        String said = whole + " " + (whole.equals("1") ? names[0] : names[1]);
        String small = part == null ? "0" : (part + "0").substring(0, 2).replaceFirst("^0", "");
        if (small.equals("0")) {
            return Optional.of(said);
        }
        String cents = small + " " + (small.equals("1") ? names[2] : names[3]);
        return Optional.of(whole.matches("0+") ? cents : said + " and " + cents);
    }

    private static Optional<String> priceRange(MatchResult match) {
        String from = match.group(2) + (match.group(3) == null ? "" : "." + match.group(3));
        String to = match.group(4) + (match.group(5) == null ? "" : "." + match.group(5));
        return Optional.of(from + " to " + to + " " + names(match.group(1))[1]);
    }

    /** The same with the sign behind it, where that is a range at all. */
    private static Optional<String> priceRangeBefore(MatchResult match) {
        String from = match.group(1) + (match.group(2) == null ? "" : "." + match.group(2));
        String to = match.group(3) + (match.group(4) == null ? "" : "." + match.group(4));
        boolean rises = Double.parseDouble(from.replace(",", "")) < Double.parseDouble(to.replace(",", ""));
        return rises ? Optional.of(from + " to " + to + " " + names(match.group(5))[1]) : Optional.empty();
    }

    private static String[] names(String sign) {
        return switch (sign.strip()) {
            case "€", "EUR" -> new String[] {"euro", "euros", "cent", "cents"};
            case "£", "GBP" -> new String[] {"pound", "pounds", "penny", "pence"};
            default -> new String[] {"dollar", "dollars", "cent", "cents"};
        };
    }

    private static Optional<String> date(MatchResult match) {
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(match.group(1)),
                    Integer.parseInt(match.group(2)),
                    Integer.parseInt(match.group(3)));
            String month = day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            return Optional.of(month + " " + day.getDayOfMonth() + ", " + match.group(1));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** A clock of 24 hours in the words of one of 12; what could be of either stays. */
    private static String time(String hour, String minute) {
        int hours = Integer.parseInt(hour);
        boolean certain = hours == 0 || hours > 12 || hour.startsWith("0");
        if (!certain) {
            return hour + ":" + minute;
        }
        int twelve = hours % 12 == 0 ? 12 : hours % 12;
        return twelve + (minute.equals("00") ? "" : ":" + minute) + (hours < 12 ? " AM" : " PM");
    }

    /** Digit by digit, with a pause between the groups it is written in. */
    private static Optional<String> phone(MatchResult match, boolean english) {
        String written = match.group();
        String digits = written.replaceAll("\\D", "");
        if (digits.length() < 7 || digits.length() > 15) {
            return Optional.empty();
        }
        StringBuilder said = new StringBuilder(written.startsWith("+") && english ? "plus " : "");
        String grouped = written.replaceAll("\\D+", " ").strip();
        if (!grouped.contains(" ")) {
            boolean american = digits.length() == 11 && digits.startsWith("1");
            grouped =
                    (american ? "1 " : "") + digits.substring(american ? 1 : 0).replaceAll("(\\d{3})(?=\\d{3})", "$1 ");
        }
        boolean first = true;
        for (String group : grouped.split(" ", -1)) {
            said.append(first ? "" : ", ").append(String.join(" ", group.split("")));
            first = false;
        }
        return Optional.of(said.toString());
    }

    private static String numbered(MatchResult match) {
        return "number " + match.group(1) + (match.group(2) == null ? "" : " percent");
    }

    private static Optional<String> range(MatchResult match) {
        return Integer.parseInt(match.group(1)) < Integer.parseInt(match.group(2))
                ? Optional.of(match.group(1) + " to " + match.group(2))
                : Optional.empty();
    }
}
