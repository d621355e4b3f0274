package dev.revox.media;

/**
 * A tone of the telephone network, or of a machine on it, that is no key press.
 *
 * <p><b>Spec:</b> ITU-T E.180 (cadences), E.182 (special information tone), T.30 §4 (fax); Telcordia GR-1162 for the four kinds of
 * special information tone.
 */
public enum Tone {
    /** One steady frequency for 120 ms or more, told once it is over: an answering machine's beep. */
    BEEP,
    /** The far telephone rings. */
    RINGBACK,
    /** The person is on the telephone. */
    BUSY,
    /** No way through the network at the moment, also called reorder. */
    CONGESTION,
    /** Special information tone: the number has changed or is barred. */
    SIT_INTERCEPT,
    /** Special information tone: there is no such number. */
    SIT_VACANT,
    /** Special information tone: the call could not be completed. */
    SIT_REORDER,
    /** Special information tone: all circuits are busy. */
    SIT_NO_CIRCUIT,
    /** The special information tone of the ITU, which does not say why. */
    SIT,
    /** A fax machine that calls (CNG, 1100 Hz). */
    FAX_CALLING,
    /** A fax machine or modem that answers (CED or ANSam, 2100 Hz). */
    FAX_ANSWER
}
