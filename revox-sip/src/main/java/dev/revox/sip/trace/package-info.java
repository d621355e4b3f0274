/**
 * Records of SIP messages that a host asked for. Doors: {@link dev.revox.sip.trace.TraceSettings} (how much is kept), {@link
 * dev.revox.sip.trace.SipTrace} (one call's messages as text or as a capture file); {@link dev.revox.sip.trace.SipTracer} collects.
 */
@NullMarked
package dev.revox.sip.trace;

import org.jspecify.annotations.NullMarked;
