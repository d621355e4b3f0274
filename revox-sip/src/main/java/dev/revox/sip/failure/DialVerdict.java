package dev.revox.sip.failure;

import dev.revox.attempt.DialError;
import dev.revox.media.Tone;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failure means: the order's {@code dial_error} and whether to try again.
 *
 * <p>Who is believed, in this order: the trunk operator's own code, the Q.850 cause where it is specific, the SIP status, a tone
 * that was heard before the answer, our own patience.
 * The function is total: every status with every cause, phrase and code gives exactly one verdict and never throws.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §21, RFC 3326, RFC 3398 §8, RFC 8197 (607), RFC 8688 (608).
 */
public record DialVerdict(DialError error, RetryClass retry) {

    private static final DialVerdict NOT_ATTRIBUTED =
            new DialVerdict(DialError.NUMBER_NON_ATTRIBUTED, RetryClass.FINAL);
    private static final DialVerdict NO_ROUTE =
            new DialVerdict(DialError.NUMBER_NON_ATTRIBUTED, RetryClass.NEXT_TRUNK_THEN_FINAL);
    private static final DialVerdict TOO_MANY = new DialVerdict(DialError.TOO_MANY_CALLS, RetryClass.RETRY_UNCOUNTED);
    private static final DialVerdict BUSY = new DialVerdict(DialError.BUSY, RetryClass.RETRY);
    private static final DialVerdict UNAVAILABLE = new DialVerdict(DialError.TEMPORARILY_UNAVAILABLE, RetryClass.RETRY);
    private static final DialVerdict NO_ANSWER = new DialVerdict(DialError.NO_ANSWER, RetryClass.RETRY);
    private static final DialVerdict NO_PERMISSION =
            new DialVerdict(DialError.NO_INTERNATIONAL_PERMISSION, RetryClass.FINAL);
    private static final DialVerdict PRECONDITION =
            new DialVerdict(DialError.PRECONDITION_FAILED, RetryClass.NEXT_TRUNK_THEN_FINAL);
    private static final DialVerdict UNCLASSIFIED = new DialVerdict(DialError.NON_CLASSIFIED_ERROR, RetryClass.RETRY);
    private static final DialVerdict WITHDRAWN = new DialVerdict(DialError.NON_CLASSIFIED_ERROR, RetryClass.WITHDRAWN);
    private static final DialVerdict UNWANTED =
            new DialVerdict(DialError.NON_CLASSIFIED_ERROR, RetryClass.FINAL_AND_SUPPRESS);

    private static final Pattern TELNYX_CODE = Pattern.compile("\\bD([0-9]{1,2})\\b");
    private static final Pattern TOO_MANY_PHRASE =
            Pattern.compile("cps limit exceeded|concurrent call limit|too many (concurrent )?calls");
    private static final Pattern GEO_PHRASE =
            Pattern.compile("international|\\bgeo|country|(not allowed|unauthori[sz]ed|blocked) destination"
                    + "|destination (is )?(not allowed|blocked)");

    /** The verdict on a final response. */
    public static DialVerdict of(FailureSignal signal) {
        String phrase = signal.phrase().toLowerCase(Locale.ROOT);
        return byVendor(signal, phrase).or(() -> byCause(signal)).orElseGet(() -> byStatus(signal, phrase));
    }

    /** The verdict on a failure of our own finding. */
    public static DialVerdict of(LocalFailure failure) {
        return switch (failure) {
            case RING_TIMEOUT -> NO_ANSWER;
            case NO_RESPONSE, TRANSPORT, INTERNAL -> UNCLASSIFIED;
            case NO_COMMON_CODEC, AUTHENTICATION -> PRECONDITION;
            case CANCELLED, CALLER_GAVE_UP -> WITHDRAWN;
            case NO_MEDIA_PORT -> TOO_MANY;
        };
    }

    /**
     * The verdict on a call that we gave up because nobody answered, when there was a tone that says why.
     *
     * @param tone heard before the answer
     */
    public static DialVerdict ofTone(Tone tone) {
        return switch (tone) {
            case BUSY -> BUSY;
            case CONGESTION, SIT_REORDER, SIT_NO_CIRCUIT -> UNAVAILABLE;
            case SIT_INTERCEPT, SIT_VACANT -> NOT_ATTRIBUTED;
            case SIT, BEEP, RINGBACK, FAX_CALLING, FAX_ANSWER -> NO_ANSWER;
        };
    }

    private static Optional<DialVerdict> byVendor(FailureSignal signal, String phrase) {
        if (signal.vendorCode().filter("32203"::equals).isPresent() || phrase.contains("network blocked")) {
            return Optional.of(UNWANTED);
        }
        int status = signal.sipStatus();
        if ((status == 500 || status == 503) && TOO_MANY_PHRASE.matcher(phrase).find()) {
            return Optional.of(TOO_MANY);
        }
        Matcher code = TELNYX_CODE.matcher(signal.phrase());
        if ((status == 403 || status == 404) && code.find()) {
            return byTelnyxCode(Integer.parseInt(code.group(1)), signal.abroad());
        }
        return Optional.empty();
    }

    private static Optional<DialVerdict> byTelnyxCode(int code, boolean abroad) {
        return switch (code) {
            case 1, 2, 3, 22, 24 -> Optional.of(TOO_MANY);
            case 11 -> Optional.of(NOT_ATTRIBUTED);
            case 12 -> Optional.of(abroad ? NO_PERMISSION : PRECONDITION);
            case 10, 13, 14, 15, 16, 17, 35, 36 -> Optional.of(PRECONDITION);
            case 40 -> Optional.of(NO_ROUTE);
            default -> Optional.empty();
        };
    }

    private static Optional<DialVerdict> byCause(FailureSignal signal) {
        boolean overloaded = signal.sipStatus() == 503;
        return switch (signal.q850Cause().orElse(-1)) {
            case 1, 22, 28 -> Optional.of(NOT_ATTRIBUTED);
            case 2, 3 -> Optional.of(NO_ROUTE);
            case 17 -> Optional.of(BUSY);
            case 18, 19, 102 -> Optional.of(NO_ANSWER);
            case 20, 27, 38, 41 -> Optional.of(UNAVAILABLE);
            case 21 -> signal.userLocation() ? Optional.of(BUSY) : Optional.empty();
            case 34 -> Optional.of(overloaded ? TOO_MANY : UNAVAILABLE);
            case 42, 44 -> overloaded ? Optional.of(TOO_MANY) : Optional.empty();
            default -> Optional.empty(); // 16, 31, 127 say nothing; the others say no more than the status
        };
    }

    private static DialVerdict byStatus(FailureSignal signal, String phrase) {
        boolean forbiddenAbroad = signal.abroad() && GEO_PHRASE.matcher(phrase).find();
        return switch (signal.sipStatus()) {
            case 404 -> signal.q850Cause().isEmpty() ? NO_ROUTE : NOT_ATTRIBUTED;
            case 410, 484, 485, 604 -> NOT_ATTRIBUTED;
            case 486, 600 -> BUSY;
            case 603 -> forbiddenAbroad ? NO_PERMISSION : BUSY;
            case 408 -> signal.rang() ? NO_ANSWER : UNAVAILABLE;
            case 480, 502, 503, 504 -> UNAVAILABLE;
            case 403 -> forbiddenAbroad ? NO_PERMISSION : PRECONDITION;
            case 401, 402, 407, 412, 415, 420, 421, 488, 494, 580, 606 -> PRECONDITION;
            case 607, 608 -> UNWANTED;
            default -> UNCLASSIFIED;
        };
    }
}
