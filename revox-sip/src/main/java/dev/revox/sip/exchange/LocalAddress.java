package dev.revox.sip.exchange;

import dev.revox.RevoxException;
import dev.revox.sip.trunk.TrunkPlan;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The address that a line binds to. <b>Thread:</b> Thread-safe; may look a name up. */
public final class LocalAddress {

    private LocalAddress() {}

    /**
     * The address that was asked for, or the one this machine uses towards a trunk.
     *
     * @throws RevoxException retryable, when there is no way to the trunk
     */
    public static InetAddress of(Optional<String> wished, TrunkPlan trunk) {
        try {
            if (wished.isPresent()) {
                return InetAddress.getByName(wished.get());
            }
            // Connecting a UDP socket sends nothing; it makes the system choose the way and thereby our address.
            try (DatagramSocket probe = new DatagramSocket()) {
                String host = trunk.entrance().host();
                probe.connect(new InetSocketAddress(
                        InetAddress.getByName(host), trunk.entrance().port().orElse(5060)));
                return probe.getLocalAddress();
            }
        } catch (IOException e) {
            throw new RevoxException(
                    "no way to trunk " + trunk.name() + "; is its host name right? Or set bindAddress", e, true);
        }
    }
}
