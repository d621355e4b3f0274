/**
 * RTP (RFC 3550): packets, the sender's and the receiver's state, and whose packets are believed. Doors:
 * {@link dev.revox.sip.rtp.RtpPacketView}, {@link dev.revox.sip.rtp.RtpSender}, {@link dev.revox.sip.rtp.RtpReceiver}. All of
 * it is confined to the media loop.
 */
@NullMarked
package dev.revox.sip.rtp;

import org.jspecify.annotations.NullMarked;
