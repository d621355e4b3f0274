package dev.revox.sip.sdes;

/**
 * What an offer and an answer agreed about encryption.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param ours what we send with
 * @param theirs what we receive with; of the same suite
 */
public record SrtpKeys(SrtpKey ours, SrtpKey theirs) {}
