package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.valve.SourceValve;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.MessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;

/** Makes the sockets of one line for the SIP library. <b>Thread:</b> Thread-safe. */
public final class Wires implements MessageProcessorFactory {

    private final SourceValve valve;

    public Wires(SourceValve valve) {
        this.valve = valve;
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> new ValvedDatagrams(address, stack, port, valve);
            default -> throw new IOException("this line speaks no SIP over " + transport);
        };
    }
}
