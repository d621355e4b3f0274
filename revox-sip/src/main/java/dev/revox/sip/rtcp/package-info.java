/**
 * RTCP (RFC 3550 §6): what we tell about our stream and the peer's, and what the peer tells. Door:
 * {@link dev.revox.sip.rtcp.RtcpSession}, confined to the media loop.
 */
@NullMarked
package dev.revox.sip.rtcp;

import org.jspecify.annotations.NullMarked;
