/**
 * DTMF as named events in RTP (RFC 4733), and the choice between them and tones in the sound. Doors: {@link
 * dev.revox.sip.event.DtmfSender}, {@link dev.revox.sip.event.DtmfReceiver}, {@link dev.revox.sip.event.DigitWays}. Confined to the media loop.
 */
@NullMarked
package dev.revox.sip.event;

import org.jspecify.annotations.NullMarked;
