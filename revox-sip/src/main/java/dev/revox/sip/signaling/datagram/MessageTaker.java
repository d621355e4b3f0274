package dev.revox.sip.signaling.datagram;

import dev.revox.sip.signaling.transaction.ReplyWay;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;

/** Takes every message that was read from a socket, past the library's own transactions. <b>Thread:</b> called on the sockets' threads. */
public interface MessageTaker {

    /**
     * A request, whose top Via already tells where it came from (RFC 3261 §18.2.1).
     *
     * @param own host and port that it came to, for traces
     * @param way where its responses go
     */
    void onRequest(SIPRequest request, InetSocketAddress source, String own, ReplyWay way);

    /** A response. */
    void onResponse(SIPResponse response, InetSocketAddress source, String own);
}
