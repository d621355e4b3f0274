/**
 * Where a SIP server is: from its name to addresses, ports and transports (RFC 3263). Doors: {@link
 * dev.revox.sip.location.ServerLocator}, {@link dev.revox.sip.location.Target}.
 *
 * <p>Nothing here sends SIP. Names are asked of a {@link dev.revox.sip.location.NameService}, which may block; targets are
 * remembered for as long as the answers say.
 */
@NullMarked
package dev.revox.sip.location;

import org.jspecify.annotations.NullMarked;
