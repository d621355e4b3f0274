package dev.revox.attempt;

/** Who or what answered: the {@code result} of an attempt. */
public enum AnsweredBy {
    IVR("IVR"),
    VOICEMAIL("voicemail"),
    HUMAN("human"),
    UNKNOWN("unknown"),
    IOS_SCREENING_FILTER("ios-screening-filter");

    private final String wireName;

    AnsweredBy(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
