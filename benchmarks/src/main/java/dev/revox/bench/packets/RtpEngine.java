package dev.revox.bench.packets;

import dev.revox.bench.peer.MeasuredProcess;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** rtpengine in user space and its control protocol (ng: bencoded dictionaries over UDP), as far as a call needs it. */
final class RtpEngine implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("m=audio (\\d+) ");
    private static final int TRIES = 40;
    private static final int ANSWER_MS = 500;

    private final MeasuredProcess process;
    private final DatagramSocket control;
    private final InetSocketAddress where;
    private int cookie;

    /** Starts it; its media ports are taken from the given one on. */
    RtpEngine(int controlPort, int firstMediaPort, int mediaPorts) throws IOException {
        where = new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort);
        process = MeasuredProcess.start(List.of(
                "rtpengine",
                "--foreground",
                "--log-stderr",
                "--log-level=3",
                "--table=-1",
                "--interface=127.0.0.1",
                "--listen-ng=127.0.0.1:" + controlPort,
                "--port-min=" + firstMediaPort,
                "--port-max=" + (firstMediaPort + mediaPorts)));
        control = new DatagramSocket();
        control.setSoTimeout(ANSWER_MS);
        await();
    }

    private void await() throws IOException {
        for (int i = 0; ; i++) {
            try {
                String unused = command(Map.of("command", "ping"));
                return;
            } catch (IOException notYet) {
                if (i == TRIES) {
                    close();
                    throw new IOException("rtpengine does not answer on " + where, notYet);
                }
                LockSupport.parkNanos(50_000_000L);
            }
        }
    }

    long cpuNanos() {
        return process.cpuNanos();
    }

    /** Sets up calls between neighbours of these phones; gives where each phone has to speak to. */
    List<InetSocketAddress> calls(int firstPhone, int phones) throws IOException {
        List<InetSocketAddress> targets = new ArrayList<>();
        for (int i = 0; i + 1 < phones; i += 2) {
            String call = "call-" + i;
            String towardsB = command(Map.of(
                    "command", "offer", "call-id", call, "from-tag", "a", "sdp", sdp(firstPhone + i), "ICE", "remove"));
            String towardsA = command(Map.of(
                    "command",
                    "answer",
                    "call-id",
                    call,
                    "from-tag",
                    "a",
                    "to-tag",
                    "b",
                    "sdp",
                    sdp(firstPhone + i + 1)));
            // The answer's description is for A: that is where A speaks to.
            targets.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(towardsA)));
            targets.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(towardsB)));
        }
        return targets;
    }

    private static int port(String answer) throws IOException {
        Matcher matcher = PORT.matcher(answer);
        if (!matcher.find()) {
            throw new IOException("rtpengine refused a call: " + answer);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String sdp(int port) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n";
    }

    private String command(Map<String, String> fields) throws IOException {
        StringBuilder dictionary = new StringBuilder("d");
        new TreeMap<>(fields)
                .forEach((key, value) -> dictionary.append(text(key)).append(text(value)));
        byte[] bytes = (++cookie + " " + dictionary + "e").getBytes(StandardCharsets.US_ASCII);
        control.send(new DatagramPacket(bytes, bytes.length, where));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        control.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }

    private static String text(String value) {
        return value.length() + ":" + value;
    }

    @Override
    public void close() {
        control.close();
        process.close();
    }
}
