package dev.revox.sip;

import dev.revox.RevoxException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address that a line binds to. <b>Thread:</b> Thread-safe; may look a name up. */
final class LocalAddress {

    private LocalAddress() {}

    static InetAddress of(SipSettings settings, SipTrunk trunk) {
        try {
            if (settings.bindAddress().isPresent()) {
                return InetAddress.getByName(settings.bindAddress().get());
            }
            // Connecting a UDP socket sends nothing; it makes the system choose the way and thereby our address.
            try (DatagramSocket probe = new DatagramSocket()) {
                probe.connect(new InetSocketAddress(InetAddress.getByName(trunk.host()), trunk.effectivePort()));
                return probe.getLocalAddress();
            }
        } catch (IOException e) {
            throw new RevoxException(
                    "no way to trunk " + trunk.trunkName() + "; is its host name right? Or set bindAddress", e, true);
        }
    }
}
