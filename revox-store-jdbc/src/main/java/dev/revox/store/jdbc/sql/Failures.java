package dev.revox.store.jdbc.sql;

import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoreUnavailableException.Reason;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a database's failures mean, and what to do about them. <b>Thread:</b> Immutable. */
public final class Failures {
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final Set<Integer> H2_READ_ONLY = Set.of(90097);
    private static final Set<Integer> H2_FULL = Set.of(90100);
    private static final Set<Integer> H2_UNREACHABLE = Set.of(90007, 90020, 90028, 90031, 90067, 90098, 90108, 90121);
    private static final Set<Integer> H2_SCHEMA = Set.of(42102, 42103, 42104, 42122, 90079, 90036);
    private static final Set<String> NAMELESS_CLASSES = Set.of("22", "23", "44");

    private Failures() {}

    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(failure.getSQLState());
    }

    /** True when the same transaction may well succeed if it is run again at once. */
    static boolean isContention(SQLException failure) {
        return reason(failure) == Reason.CONTENTION;
    }

    /** True when a commit that failed so has certainly stored nothing. */
    static boolean isCertain(SQLException failure) {
        String kind = kind(failure);
        return kind.equals("40") || kind.equals("23");
    }

    /** As one of the typed failures, without what the database said of the row. */
    public static StoreUnavailableException of(SQLException failure) {
        Reason reason = reason(failure);
        return StoreUnavailableException.of(reason, message(reason, failure), withoutValues(failure));
    }

    static StoreUnavailableException duringCommit(SQLException failure) {
        Reason reason = reason(failure);
        return StoreUnavailableException.duringCommit(
                reason == Reason.REFUSED ? Reason.UNREACHABLE : reason,
                "the connection to the database was lost during a commit, so it is unknown whether the change was stored:"
                        + " read the order again before repeating it (" + code(failure) + ")",
                withoutValues(failure));
    }

    private static String kind(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static Reason reason(SQLException failure) {
        Reason byVendor = byVendor(failure.getErrorCode());
        if (byVendor != Reason.REFUSED) {
            return byVendor;
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure instanceof SQLTimeoutException || state.equals("57014") || state.equals("55P03")) {
            return Reason.TIMEOUT;
        }
        if (state.equals("25006")) {
            return Reason.READ_ONLY;
        }
        if (state.equals("3F000") || state.equals("42P01") || state.equals("42703")) {
            return Reason.SCHEMA;
        }
        return switch (kind(failure)) {
            case "08", "57" -> Reason.UNREACHABLE;
            case "40" -> Reason.CONTENTION;
            case "53" -> state.equals("53300") ? Reason.UNREACHABLE : Reason.FULL;
            default -> unclassified(failure);
        };
    }

    private static Reason unclassified(SQLException failure) {
        boolean pool = failure instanceof SQLTransientConnectionException || failure.getSQLState() == null;
        return pool ? Reason.UNREACHABLE : isDuplicate(failure) ? Reason.CONTENTION : Reason.REFUSED;
    }

    private static Reason byVendor(int code) {
        if (code == H2_LOCK_TIMEOUT || code == H2_CONCURRENT_UPDATE) {
            return Reason.CONTENTION;
        }
        if (H2_READ_ONLY.contains(code)) {
            return Reason.READ_ONLY;
        }
        if (H2_FULL.contains(code)) {
            return Reason.FULL;
        }
        if (H2_UNREACHABLE.contains(code)) {
            return Reason.UNREACHABLE;
        }
        return H2_SCHEMA.contains(code) ? Reason.SCHEMA : Reason.REFUSED;
    }

    private static String message(Reason reason, SQLException failure) {
        String what = switch (reason) {
            case UNREACHABLE ->
                "the database cannot be reached: check that it runs and that the pool has connections left, then try again";
            case TIMEOUT -> "the database did not answer in time: try again, or give it more time with queryTimeout";
            case READ_ONLY -> "the database takes no changes: connect to the primary, then try again";
            case FULL -> "the database has no room left: make some, then try again";
            case CONTENTION -> "others changed the same rows again and again: try again";
            case SCHEMA ->
                "the database lacks Revox's tables or has others: call applySchema() on the builder, or run the SQL"
                        + " files under dev/revox/store/jdbc/schema";
            case REFUSED -> "the database refused a statement or a value";
        };
        return what + " (" + code(failure) + ")";
    }

    private static String code(SQLException failure) {
        return failure.getClass().getSimpleName() + ", SQLState " + failure.getSQLState() + ", code "
                + failure.getErrorCode();
    }

    /** Databases quote the offending row in these messages; numbers and texts must not reach a log. */
    private static SQLException withoutValues(SQLException failure) {
        if (!NAMELESS_CLASSES.contains(kind(failure))) {
            return failure;
        }
        SQLException bare =
                new SQLException("withheld, because it may quote a row", failure.getSQLState(), failure.getErrorCode());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
