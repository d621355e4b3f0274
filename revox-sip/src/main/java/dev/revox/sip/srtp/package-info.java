/**
 * Encrypted packets: SRTP and SRTCP (RFC 3711, RFC 7714). Door: {@link dev.revox.sip.srtp.SrtpSession}, made from the keys of {@code
 * .sdes}. Packets are changed in place and nothing of ours is allocated per packet.
 */
@NullMarked
package dev.revox.sip.srtp;

import org.jspecify.annotations.NullMarked;
