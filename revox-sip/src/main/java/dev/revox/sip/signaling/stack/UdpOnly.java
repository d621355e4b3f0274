package dev.revox.sip.signaling.stack;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The SIP library's sockets: datagrams and nothing else. Its own network layer reads the machine's certificates before the
 * first datagram, a sixth of a second for TLS that most lines do not speak; TCP and TLS connections are ours to make. Made by the
 * library by reflection, one per stack.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class UdpOnly implements NetworkLayer {

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return new DatagramSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return new DatagramSocket(port, address);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw refused();
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress own) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress own, int ownPort) throws IOException {
        throw refused();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        throw refused();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress own) throws IOException {
        throw refused();
    }

    @Override
    public void setSipStack(SipStackImpl stack) {
        // Nothing of it is needed here.
    }

    private static IOException refused() {
        return new IOException("the SIP library makes no connections here");
    }
}
