package dev.revox.acceptance.peer;

import dev.revox.acceptance.world.AcceptanceWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A baresip telephone on loopback that answers by itself, speaks a WAV file, and records what it hears and says.
 *
 * <p>baresip binds TLS on its SIP port + 1, and its WAV source must be 48 kHz stereo or the call never answers.
 */
final class Baresip implements AutoCloseable {

    private final ForeignProgram program;
    private final Path folder;
    private final int sipPort;
    private final int controlPort;

    private Baresip(ForeignProgram program, Path folder, int sipPort, int controlPort) {
        this.program = program;
        this.folder = folder;
        this.sipPort = sipPort;
        this.controlPort = controlPort;
    }

    /**
     * Starts it.
     *
     * @param speech a WAV file of any rate, which it says in a loop
     * @param codecs in order of preference, e.g. {@code pcmu,pcma,opus/48000/2}
     */
    static Baresip start(Path folder, int sipPort, int rtpPort, Path speech, String codecs) {
        return start(folder, sipPort, rtpPort, speech, codecs, "");
    }

    /** The same with {@code more} parameters of its account, e.g. {@code ;mediaenc=srtp-mand}. */
    static Baresip start(Path folder, int sipPort, int rtpPort, Path speech, String codecs, String more) {
        ForeignProgram.require("baresip", "sox");
        try {
            Files.createDirectories(folder.resolve("rec"));
            ForeignProgram.run(
                    folder, "sox", speech.toString(), "-r", "48000", "-c", "2", "-b", "16", folder + "/speech48.wav");
            int controlPort = ForeignProgram.freePortPair();
            Files.writeString(
                    folder.resolve("config"),
                    PeerResource.text("baresip.cfg")
                            .replace("@SIP@", Integer.toString(sipPort))
                            .replace("@RTP_FROM@", Integer.toString(rtpPort))
                            .replace("@RTP_TO@", Integer.toString(rtpPort + 20))
                            .replace("@FOLDER@", folder.toString())
                            .replace("@CONTROL@", Integer.toString(controlPort)));
            Files.writeString(
                    folder.resolve("accounts"),
                    account("callee", sipPort, codecs, more) + account(AcceptanceWorld.NUMBER, sipPort, codecs, more));
            Files.writeString(folder.resolve("contacts"), "");
            ForeignProgram program =
                    ForeignProgram.start(folder, List.of("baresip", "-4", "-s", "-v", "-f", folder.toString()));
            program.awaitUdpPort(sipPort);
            return new Baresip(program, folder, sipPort, controlPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // baresip answers only for the users that it has: one for calls through a trunk, one for the number itself.
    private static String account(String user, int sipPort, String codecs, String more) {
        return "<sip:" + user + "@127.0.0.1:" + sipPort + ">;regint=0;answermode=auto;audio_codecs=" + codecs
                + ";mwi=no" + more + "\n";
    }

    int sipPort() {
        return sipPort;
    }

    /** Sends one command of its menu, such as {@code hangup}. */
    void command(String command) {
        byte[] json = ("{\"command\":\"" + command + "\",\"token\":\"t\"}").getBytes(StandardCharsets.UTF_8);
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), controlPort)) {
            OutputStream out = control.getOutputStream();
            out.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
            out.write(json);
            out.write(',');
            out.flush();
            int answer = control.getInputStream().read();
            if (answer < 0) {
                throw new IOException("baresip closed its control connection");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it heard: the newest recording of decoded sound. */
    Path heard() {
        return newestRecording("-dec.wav");
    }

    String output() {
        return program.output();
    }

    private Path newestRecording(String suffix) {
        try (Stream<Path> files = Files.list(folder.resolve("rec"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new IllegalStateException("baresip recorded nothing:\n" + output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
