/**
 * What the SIP library logs and which messages pass the wire, without what nobody may read.
 *
 * <p>Doors: {@code StackLog} and {@code MessageLog}, which the library makes by name, and {@code Redaction}.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.sip.signaling.log;
