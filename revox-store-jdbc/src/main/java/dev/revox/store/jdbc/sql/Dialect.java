package dev.revox.store.jdbc.sql;

import java.util.Locale;

/** Where the databases differ. */
public enum Dialect {
    H2("", "SELECT NEXT VALUE FOR %s", " FOR UPDATE"),
    POSTGRESQL(" ON CONFLICT DO NOTHING", "SELECT nextval('%s')", " FOR KEY SHARE");

    private final String unlessThere;
    private final String nextValue;
    private final String keepThere;

    Dialect(String unlessThere, String nextValue, String keepThere) {
        this.unlessThere = unlessThere;
        this.nextValue = nextValue;
        this.keepThere = keepThere;
    }

    /** The folder of its SQL files. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Ends an INSERT that must not fail on a row that is there: a failed statement would spoil PostgreSQL's transaction. */
    public String unlessThere() {
        return unlessThere;
    }

    public String nextValue(String sequence) {
        return String.format(Locale.ROOT, nextValue, sequence);
    }

    /** Ends a SELECT whose row must not be deleted before the transaction's end. */
    public String keepThere() {
        return keepThere;
    }
}
