package dev.revox.acceptance.secrecy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trunk on loopback that lets an INVITE through to a telephone only with the right digest; what follows within the call goes
 * to the telephone directly.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §22, RFC 2617 with {@code qop=auth}.
 */
final class PasswordGate implements AutoCloseable {

    static final String USER = "revox";
    static final String NONCE = "canary-nonce-5551";

    private static final String REALM = "gate.test";
    private static final String TAG = "gate401";

    private final String password;
    private final DatagramSocket front;
    private final DatagramSocket back;
    private final SocketAddress phone;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile @Nullable SocketAddress caller;

    private PasswordGate(String password, int phonePort) throws SocketException {
        this.password = password;
        front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        phone = new InetSocketAddress(InetAddress.getLoopbackAddress(), phonePort);
    }

    static PasswordGate before(int phonePort, String password) {
        try {
            PasswordGate gate = new PasswordGate(password, phonePort);
            gate.reading(gate.front, gate::fromCaller);
            gate.reading(gate.back, gate::fromPhone);
            return gate;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return front.getLocalPort();
    }

    /** The digests that were right. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    private interface Reader {
        void read(String message, SocketAddress from) throws IOException;
    }

    private void reading(DatagramSocket socket, Reader reader) {
        Thread.ofPlatform().daemon().name("password-gate").start(() -> {
            byte[] bytes = new byte[65_536];
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(bytes.length);
                    socket.receive(packet);
                    reader.read(
                            new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8),
                            packet.getSocketAddress());
                } catch (IOException e) {
                    // Closed, or a datagram that got lost: SIP repeats it.
                }
            }
        });
    }

    private void fromCaller(String message, SocketAddress from) throws IOException {
        caller = from;
        if (message.startsWith("ACK ") && message.contains(TAG)) {
            return;
        }
        if (message.startsWith("INVITE ") && !allowed(message)) {
            send(front, challenge(message), from);
            return;
        }
        send(back, message, phone);
    }

    private void fromPhone(String message, SocketAddress from) throws IOException {
        SocketAddress to = caller;
        if (to != null) {
            send(front, message, to);
        }
    }

    private static void send(DatagramSocket socket, String message, SocketAddress to) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private boolean allowed(String invite) {
        Matcher authorization =
                Pattern.compile("(?m)^Authorization: (Digest .*?)\r?$").matcher(invite);
        if (!authorization.find()) {
            return false;
        }
        String given = authorization.group(1);
        String expected = md5(String.join(
                ":",
                md5(USER + ":" + REALM + ":" + password),
                NONCE,
                member(given, "nc"),
                member(given, "cnonce"),
                "auth",
                md5("INVITE:" + member(given, "uri"))));
        String response = member(given, "response");
        if (!response.equals(expected)) {
            return false;
        }
        accepted.add(response);
        return true;
    }

    private static String member(String header, String name) {
        Matcher member = Pattern.compile("[ ,]" + name + "=\"?([^\",]+)").matcher(header);
        return member.find() ? member.group(1) : "";
    }

    private static String challenge(String invite) {
        StringBuilder text = new StringBuilder("SIP/2.0 401 Unauthorized\r\n");
        for (String line : invite.split("\r\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            if (line.matches("(Via|From|Call-ID|CSeq): .*")) {
                text.append(line).append("\r\n");
            } else if (line.startsWith("To: ")) {
                text.append(line).append(";tag=" + TAG + "\r\n");
            }
        }
        return text.append("WWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + NONCE
                        + "\", algorithm=MD5, qop=\"auth\"\r\nContent-Length: 0\r\n\r\n")
                .toString();
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
