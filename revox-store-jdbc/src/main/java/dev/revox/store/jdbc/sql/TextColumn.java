package dev.revox.store.jdbc.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * Texts as a column holds them: whatever a host or a language model writes. What a database cannot hold, NUL and halves of
 * surrogate pairs, is written as the control character ESC and four hexadecimal digits, and so is ESC itself.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class TextColumn {
    private static final char ESC = '\u001B';
    private static final int DIGITS = 4;

    private TextColumn() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c == ESC || Character.isSurrogate(c)) {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (pair) {
                escaped.append(c).append(text.charAt(++i));
            } else if (c == 0 || c == ESC || Character.isSurrogate(c)) {
                escaped.append(ESC).append(String.format(Locale.ROOT, "%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Reads a text that a session wrote. */
    public static String read(ResultSet row, int column) throws SQLException {
        return text(row.getString(column));
    }

    /** Reads a text that a session wrote, or nothing. */
    public static Optional<String> readOptional(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(TextColumn::text);
    }

    static String text(String column) {
        if (column.indexOf(ESC) < 0) {
            return column;
        }
        StringBuilder text = new StringBuilder(column.length());
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == ESC) {
                text.append((char) Integer.parseInt(column.substring(i + 1, i + 1 + DIGITS), 16));
                i += DIGITS;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
