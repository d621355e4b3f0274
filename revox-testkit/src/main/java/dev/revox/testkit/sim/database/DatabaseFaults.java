package dev.revox.testkit.sim.database;

/**
 * How often the way to a database breaks, and where.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param refusedOfTenThousand connections, of ten thousand, that are refused
 * @param brokenOfTenThousand statements, of ten thousand, before or behind which the connection breaks: what their transaction did
 *     is undone, and what a statement did that commits by itself stays
 * @param contendedOfTenThousand statements of transactions, and commits, of ten thousand, that fail because others are said to be
 *     in the way
 * @param lostOfTenThousand commits, of ten thousand, that the database never hears of
 * @param unansweredOfTenThousand commits, of ten thousand, that come through and whose answer is lost
 * @param brokenBehindOfTenThousand commits, of ten thousand, that are answered, with the connection breaking right behind
 */
public record DatabaseFaults(
        int refusedOfTenThousand,
        int brokenOfTenThousand,
        int contendedOfTenThousand,
        int lostOfTenThousand,
        int unansweredOfTenThousand,
        int brokenBehindOfTenThousand) {
    /** Nothing breaks. */
    public static final DatabaseFaults NONE = new DatabaseFaults(0, 0, 0, 0, 0, 0);

    /** Each of them, many times a day. */
    public static final DatabaseFaults ALL = new DatabaseFaults(20, 5, 10, 40, 40, 20);
}
