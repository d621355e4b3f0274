/**
 * DTMF as named events in RTP (RFC 4733). Doors: {@link dev.revox.sip.event.DtmfSender},
 * {@link dev.revox.sip.event.DtmfReceiver}. Confined to the media loop.
 */
@NullMarked
package dev.revox.sip.event;

import org.jspecify.annotations.NullMarked;
