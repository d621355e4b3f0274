/**
 * One leg's packets: who is believed, what is sound and what a key press, when a report is due, and where sound goes on to when two legs
 * are bridged.
 *
 * <p>Door: {@code RtpWire}. Everything here is confined to the media loop. Neighbours: {@code sip.rtp}, {@code sip.rtcp}, {@code
 * sip.event} below, {@code sip.media} above.
 */
@NullMarked
package dev.revox.sip.media.wire;

import org.jspecify.annotations.NullMarked;
