package dev.revox.sip.identity;

import dev.revox.sip.signaling.SipHeader;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a signed call. A call that cannot be signed in time goes out unsigned: the trunk may sign it, and an unsigned
 * call is better than none.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CallSignature {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.identity");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private CallSignature() {}

    /**
     * Asks the signer.
     *
     * @param then told once, on any thread: {@code Date} and {@code Identity}, or nothing
     */
    public static void of(CallSigner signer, CallClaims claims, TimeSource time, Consumer<List<SipHeader>> then) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<List<SipHeader>> once = headers -> {
            if (told.compareAndSet(false, true)) {
                then.accept(headers);
            }
        };
        Alarm deadline = time.schedule(PATIENCE, () -> {
            if (!told.get()) {
                unsigned("the signer did not answer within " + PATIENCE.toSeconds() + " s");
            }
            once.accept(List.of());
        });
        CompletionStage<String> asked;
        try {
            asked = signer.sign(claims);
        } catch (RuntimeException e) {
            deadline.cancel();
            unsigned("the signer threw " + e.getClass().getName());
            once.accept(List.of());
            return;
        }
        var unused = asked.whenComplete((value, failure) -> {
            deadline.cancel();
            once.accept(headers(claims, value, failure));
        });
    }

    private static List<SipHeader> headers(CallClaims claims, @Nullable String value, @Nullable Throwable failure) {
        if (failure != null || value == null) {
            unsigned("the signer failed"
                    + (failure == null ? "" : " with " + failure.getClass().getName()));
            return List.of();
        }
        if (!VALUE.matcher(value).matches()) {
            unsigned("the signer gave what is no Identity: printable characters without spaces, 4096 at most");
            return List.of();
        }
        return List.of(
                new SipHeader("Date", DATE.format(claims.at().atOffset(ZoneOffset.UTC))),
                new SipHeader("Identity", value));
    }

    // What failed may quote numbers, so only its kind is told.
    private static void unsigned(String why) {
        LOG.log(System.Logger.Level.WARNING, () -> "a call goes out unsigned: " + why);
    }
}
