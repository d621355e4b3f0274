package dev.revox.agent.tool.schema;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The format of a text. */
public enum TextFormat {
    FREE("", ""),
    /** ISO 8601, without a time. */
    DATE("date", "a date such as 2026-03-05"),
    /** RFC 3339, with an offset: a time of day without one is a different moment in each zone. */
    DATETIME("date-time", "a date and time with its offset, such as 2026-03-05T15:00:00+01:00");

    private final String schemaName;
    private final String wanted;

    TextFormat(String schemaName, String wanted) {
        this.schemaName = schemaName;
        this.wanted = wanted;
    }

    Optional<String> schemaName() {
        return this == FREE ? Optional.empty() : Optional.of(schemaName);
    }

    /** What a text should have been, for the model. */
    String wanted() {
        return wanted;
    }

    boolean matches(String text) {
        try {
            switch (this) {
                case FREE -> {}
                case DATE -> LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
                case DATETIME -> OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            }
            return true;
        } catch (DateTimeParseException other) {
            return false;
        }
    }
}
