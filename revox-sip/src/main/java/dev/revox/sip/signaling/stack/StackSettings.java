package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.log.MessageLog;
import dev.revox.sip.signaling.log.StackLog;
import dev.revox.sip.signaling.syntax.StrictParserFactory;
import java.util.Properties;

/** How the SIP library is set up, and why. <b>Thread:</b> Immutable. */
final class StackSettings {

    /** Largest message read: RFC 3261 §18.1.1 asks for all that fits a datagram. */
    static final int MAX_MESSAGE_BYTES = 65_535;

    private StackSettings() {}

    static Properties of(String stackName) {
        Properties properties = new Properties();
        // IP_ADDRESS stays unset: the library's factory caches stacks by it, and two lines would share one.
        properties.setProperty("javax.sip.STACK_NAME", stackName);
        // Without both of these it loads log4j 1.x.
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.NETWORK_LAYER", UdpOnly.class.getName());
        properties.setProperty("gov.nist.javax.sip.MESSAGE_PARSER_FACTORY", StrictParserFactory.class.getName());
        // Any number makes it take messages from our queue; the default makes a thread and 64 KiB per datagram.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(MAX_MESSAGE_BYTES));
        return properties;
    }
}
