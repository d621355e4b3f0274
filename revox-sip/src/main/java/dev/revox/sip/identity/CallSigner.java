package dev.revox.sip.identity;

import java.util.concurrent.CompletionStage;

/**
 * Signs calls, so that telephone companies believe the caller's number. Most hosts need none: their trunk signs.
 *
 * <p>{@link ShakenSigner} signs with a key in memory; a host with a signing service or a key in hardware writes its own.
 *
 * <p><b>Thread:</b> Thread-safe. Must not block; the stage may complete on any thread. <b>Errors:</b> a stage that fails, or does not
 * complete within two seconds, lets the call go out unsigned.
 */
@FunctionalInterface
public interface CallSigner {

    /** The value of the {@code Identity} header field (RFC 8224 §4), of letters, digits and marks only. */
    CompletionStage<String> sign(CallClaims claims);
}
