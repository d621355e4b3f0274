package dev.revox.sip.signaling.syntax;

/**
 * What is wrong with a message that can be read all the same. A request is refused with it, a response or ACK is dropped.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param status what a request is refused with
 * @param reason our own words for the reason phrase; never quotes the message
 */
public record Flaw(int status, String reason) {}
