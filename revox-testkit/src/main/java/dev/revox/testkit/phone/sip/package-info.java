/** SIP and SDP as the telephone writes and reads them, on a UDP port. Doors: {@link dev.revox.testkit.phone.sip.SipPort}, {@link dev.revox.testkit.phone.sip.SipText}. */
@NullMarked
package dev.revox.testkit.phone.sip;

import org.jspecify.annotations.NullMarked;
