package dev.revox.sip.signaling.stack;

import dev.revox.sip.signaling.log.MessageLog;
import dev.revox.sip.signaling.log.StackLog;
import dev.revox.sip.signaling.syntax.StrictParserFactory;
import dev.revox.sip.signaling.wire.GivenHops;
import java.util.Properties;

/** How the SIP library is set up, and why. <b>Thread:</b> Immutable. */
final class StackSettings {

    /** Largest message read: RFC 3261 §18.1.1 asks for all that fits a datagram. */
    static final int MAX_MESSAGE_BYTES = 65_535;

    /** INVITE transactions that nothing ends are dropped by the library after this; longer than any ring timeout. */
    static final int MAX_INVITE_SECONDS = 600;

    private StackSettings() {}

    static Properties of(String stackName) {
        Properties properties = new Properties();
        // IP_ADDRESS stays unset: the library's factory caches stacks by it, and two lines would share one.
        properties.setProperty("javax.sip.STACK_NAME", stackName);
        // Without both of these it loads log4j 1.x.
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.NETWORK_LAYER", UdpOnly.class.getName());
        properties.setProperty("javax.sip.ROUTER_PATH", GivenHops.class.getName());
        properties.setProperty("gov.nist.javax.sip.MESSAGE_PARSER_FACTORY", StrictParserFactory.class.getName());
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        // The default makes a thread and 64 KiB per datagram.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "2");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(MAX_MESSAGE_BYTES));
        properties.setProperty("gov.nist.javax.sip.MAX_SERVER_TRANSACTIONS", "20000");
        properties.setProperty("gov.nist.javax.sip.RELEASE_REFERENCES_STRATEGY", "Normal");
        properties.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_INVITE", Integer.toString(MAX_INVITE_SECONDS));
        properties.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_NON_INVITE", "60");
        properties.setProperty("gov.nist.javax.sip.EARLY_DIALOG_TIMEOUT_SECONDS", "180");
        properties.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        return properties;
    }
}
