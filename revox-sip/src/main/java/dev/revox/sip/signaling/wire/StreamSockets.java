package dev.revox.sip.signaling.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Makes the sockets of one stream transport.
 *
 * <p>With TLS, the far end must show a certificate that the context trusts and that is for the name we called; there is no way to
 * switch that off. Whoever has certificates of his own brings a context with a trust store of his own.
 *
 * <p><b>Thread:</b> Thread-safe. {@code connect} blocks for at most {@value #CONNECT_MS} ms, twice with TLS. <b>Spec:</b> RFC
 * 5922 §7.
 */
final class StreamSockets {

    static final int CONNECT_MS = 4_000;
    private static final int BACKLOG = 64;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Read at the first connection: a machine's certificates take a sixth of a second to read. */
    private final Optional<Supplier<SSLContext>> tls;

    StreamSockets(Optional<Supplier<SSLContext>> tls) {
        this.tls = tls;
    }

    boolean secure() {
        return tls.isPresent();
    }

    /**
     * Opens a connection.
     *
     * @param ownPort that it shall leave from if it can; 0 for any
     * @param name whom the certificate must be for; empty for the address
     */
    Socket connect(InetAddress own, int ownPort, InetAddress peer, int port, String name) throws IOException {
        Socket plain = reach(own, ownPort, new InetSocketAddress(peer, port));
        try {
            if (plain.getLocalSocketAddress().equals(plain.getRemoteSocketAddress())) {
                // TCP's simultaneous open: where nobody listens on a port of this machine that we happen to be given.
                throw new ConnectException("connected to itself");
            }
            plain.setTcpNoDelay(true);
            if (tls.isEmpty()) {
                return plain;
            }
            String expected = name.isEmpty() ? peer.getHostAddress() : name;
            SSLSocket secured =
                    (SSLSocket) tls.get().get().getSocketFactory().createSocket(plain, expected, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setProtocols(PROTOCOLS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (expected.matches(".*[A-Za-z].*") && expected.indexOf(':') < 0) {
                parameters.setServerNames(List.of(new SNIHostName(expected)));
            }
            secured.setSSLParameters(parameters);
            secured.setSoTimeout(CONNECT_MS);
            secured.startHandshake();
            // A certificate that is trusted by itself is not asked for its dates by the JDK.
            if (secured.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
                shown.checkValidity();
            }
            return secured;
        } catch (CertificateException e) {
            plain.close();
            throw new IOException("the certificate is not valid today", e);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket reach(InetAddress own, int ownPort, InetSocketAddress peer) throws IOException {
        if (ownPort != 0) {
            try {
                return reachFrom(new InetSocketAddress(own, ownPort), peer);
            } catch (BindException e) {
                // Somebody else has it, or it rests from the last connection to this peer.
            }
        }
        return reachFrom(new InetSocketAddress(own, 0), peer);
    }

    private static Socket reachFrom(InetSocketAddress own, InetSocketAddress peer) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setReuseAddress(own.getPort() != 0);
            plain.bind(own);
            plain.connect(peer, CONNECT_MS);
            return plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    ServerSocket listen(InetAddress own, int port) throws IOException {
        if (tls.isEmpty()) {
            return new ServerSocket(port, BACKLOG, own);
        }
        SSLServerSocket socket =
                (SSLServerSocket) tls.get().get().getServerSocketFactory().createServerSocket(port, BACKLOG, own);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        socket.setSSLParameters(parameters);
        return socket;
    }
}
