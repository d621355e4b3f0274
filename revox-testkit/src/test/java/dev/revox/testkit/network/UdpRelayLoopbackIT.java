package dev.revox.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.SystemTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class UdpRelayLoopbackIT {

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static void send(DatagramSocket from, String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        at.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void packets_go_there_and_answers_come_back() throws IOException {
        try (SystemTime time = SystemTime.start();
                DatagramSocket client = socket();
                DatagramSocket target = socket();
                UdpRelay relay = UdpRelay.start(
                        time,
                        (InetSocketAddress) target.getLocalSocketAddress(),
                        NetworkProfile.UNIFORM_JITTER,
                        NetworkProfile.CLEAN,
                        1)) {
            send(client, "hello", new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
            DatagramPacket heard = receive(target);
            assertThat(text(heard)).isEqualTo("hello");
            send(target, "good day", heard.getSocketAddress());
            assertThat(text(receive(client))).isEqualTo("good day");
        }
    }

    @Test
    void a_line_that_loses_all_brings_nothing_but_the_stranger() throws IOException {
        try (SystemTime time = SystemTime.start();
                DatagramSocket client = socket();
                DatagramSocket target = socket();
                UdpRelay relay = UdpRelay.start(
                        time,
                        (InetSocketAddress) target.getLocalSocketAddress(),
                        NetworkProfile.named("cut")
                                .withLoss(new Loss.Independent(1))
                                .withSpray(1),
                        NetworkProfile.CLEAN,
                        1)) {
            send(client, "hello", new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
            DatagramPacket strange = receive(target);
            assertThat(strange.getLength()).isEqualTo(172);
            assertThat(strange.getPort()).isNotEqualTo(relay.port());
            assertThat(relay.strangeAnswers()).isZero();
        }
    }
}
