package dev.revox.acceptance.peer;

import dev.revox.acceptance.world.Eventually;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.voice.Sound;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A baresip telephone on loopback that answers by itself, speaks a piece of sound in a loop, and records what it hears and says.
 *
 * <p>baresip binds TLS on its SIP port + 1, and its WAV source must be 48 kHz stereo or the call never answers.
 */
final class Baresip implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Sound NOTHING = Sound.silence(0, 8_000);

    /**
     * What a telephone is before it is started.
     *
     * @param speech what it says, again and again
     * @param codecs in order of preference, e.g. {@code pcmu,opus/48000/2}
     * @param account more parameters of its account, e.g. {@code ;mediaenc=srtp-mand}
     * @param subscription where it is registered; empty for one that is called at its address
     * @param certificate what it shows over TLS, a PEM file with the key; it then takes calls over TLS only
     */
    record Plan(
            Path folder,
            Sound speech,
            String codecs,
            String account,
            Optional<Subscription> subscription,
            Optional<Path> certificate) {

        /** The same with other codecs. */
        Plan codecs(String newCodecs) {
            return new Plan(folder, speech, newCodecs, account, subscription, certificate);
        }

        Plan account(String newAccount) {
            return new Plan(folder, speech, codecs, newAccount, subscription, certificate);
        }

        Plan registeredAs(String user, String password, KamailioTrunk trunk) {
            return new Plan(
                    folder, speech, codecs, account, Optional.of(new Subscription(user, password, trunk)), certificate);
        }

        Plan certificate(Path pem) {
            return new Plan(folder, speech, codecs, account, subscription, Optional.of(pem));
        }

        Baresip start() {
            return Baresip.start(this);
        }
    }

    /** A name at a registrar. */
    private record Subscription(String user, String password, KamailioTrunk registrar) {}

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

    /** A telephone that does PCMU, and is called at its address. */
    static Plan saying(Sound speech, Path folder) {
        return new Plan(folder, speech, "pcmu", "", Optional.empty(), Optional.empty());
    }

    private static Baresip start(Plan plan) {
        ForeignProgram.require("baresip", "sox");
        Path folder = plan.folder();
        int sipPort = ForeignProgram.freePortPair();
        int rtpPort = ForeignProgram.freePortPair();
        int controlPort = ForeignProgram.freePortPair();
        try {
            Files.createDirectories(folder.resolve("rec"));
            plan.speech().write(folder.resolve("speech.wav"));
            ForeignProgram.run(
                    folder,
                    "sox",
                    folder + "/speech.wav",
                    "-r",
                    "48000",
                    "-c",
                    "2",
                    "-b",
                    "16",
                    folder + "/speech48.wav");
            Files.writeString(
                    folder.resolve("config"),
                    PeerResource.text("baresip.cfg")
                            .replace("@SIP@", Integer.toString(sipPort))
                            .replace("@RTP_FROM@", Integer.toString(rtpPort))
                            .replace("@RTP_TO@", Integer.toString(rtpPort + 20))
                            .replace("@FOLDER@", folder.toString())
                            .replace("@CONTROL@", Integer.toString(controlPort))
                            .replace(
                                    "@CERTIFICATE@",
                                    plan.certificate()
                                            .map(pem -> "sip_certificate " + pem)
                                            .orElse("")));
            Files.writeString(folder.resolve("accounts"), accounts(plan, sipPort));
            Files.writeString(folder.resolve("contacts"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ForeignProgram program =
                ForeignProgram.start(folder, List.of("baresip", "-4", "-s", "-v", "-f", folder.toString()));
        program.awaitUdpPort(sipPort);
        Baresip phone = new Baresip(program, folder, sipPort, controlPort);
        plan.subscription().ifPresent(at -> at.registrar().awaitRegistrationOf(at.user()));
        return phone;
    }

    private static String accounts(Plan plan, int sipPort) {
        String rest = ";audio_codecs=" + plan.codecs() + ";mwi=no" + plan.account() + "\n";
        if (plan.subscription().isPresent()) {
            Subscription at = plan.subscription().get();
            return "<sip:" + at.user() + "@trunk.test>;outbound=\"sip:127.0.0.1:"
                    + at.registrar().port()
                    + ";transport=udp\";auth_user=" + at.user() + ";auth_pass=" + at.password()
                    + ";regint=60;answermode=auto" + rest;
        }
        String address = plan.certificate().isPresent() ? (sipPort + 1) + ";transport=tls" : Integer.toString(sipPort);
        return "<sip:callee@127.0.0.1:" + address + ">;regint=0;answermode=auto" + rest;
    }

    /** A way for our line to it: it answers only for the user that it has, whatever number is dialled. */
    SipTrunk trunk() {
        return SipTrunk.of("sip:127.0.0.1:" + sipPort).name("phone").dialPlan(number -> "callee");
    }

    int sipPort() {
        return sipPort;
    }

    int tlsPort() {
        return sipPort + 1;
    }

    /** Sends one command of its menu, such as {@code hangup}. */
    void command(String command) {
        control("{\"command\":\"" + command + "\",\"token\":\"t\"}");
    }

    /** Sends a command with what it is about, such as {@code dial} and an address. */
    void command(String command, String about) {
        control("{\"command\":\"" + command + "\",\"params\":\"" + about + "\",\"token\":\"t\"}");
    }

    // Netstrings of JSON; news of its calls come the same way, before and after the answer.
    private void control(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), controlPort)) {
            control.setSoTimeout((int) PATIENCE.toMillis());
            control.getOutputStream().write((bytes.length + ":" + json + ",").getBytes(StandardCharsets.UTF_8));
            InputStream in = control.getInputStream();
            String told = "";
            while (!told.contains("\"response\":true")) {
                told = netstring(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("baresip does not do " + json + ":\n" + output(), e);
        }
    }

    private static String netstring(InputStream in) throws IOException {
        int length = 0;
        for (int c = in.read(); c != ':'; c = in.read()) {
            if (c < '0' || c > '9') {
                throw new IOException("baresip closed its control connection");
            }
            length = 10 * length + c - '0';
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        int comma = in.read();
        return comma == ',' ? text : "";
    }

    /** Presses keys, one after the other. */
    void press(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            command("sndcode", digits.substring(i, i + 1));
            // Its own way of making one press end before the next begins.
            Eventually.pass(Duration.ofMillis(250));
        }
    }

    /** Waits until its log says something. */
    void awaitOutput(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Eventually.until(
                PATIENCE,
                () -> wanted.matcher(output()).find(),
                () -> "baresip says " + pattern + "; it said\n" + output());
    }

    /** What it heard in its newest call, once that is over. */
    Sound heard() {
        return recording("-dec.wav");
    }

    /** What it said in its newest call, before it was coded. */
    Sound said() {
        return recording("-enc.wav");
    }

    /** How many RTP packets it sent and received in the call that is over, by its own account. */
    record Packets(int sent, int received) {}

    Packets packets() {
        Pattern summary = Pattern.compile("(?m)^packets: +([0-9]+) +([0-9]+)");
        awaitOutput(summary.pattern());
        MatchResult last =
                summary.matcher(output()).results().reduce((a, b) -> b).orElseThrow();
        return new Packets(Integer.parseInt(last.group(1)), Integer.parseInt(last.group(2)));
    }

    String output() {
        return program.output();
    }

    // How long a recording is stands in it only when the call is over.
    private Sound recording(String suffix) {
        Eventually.until(
                PATIENCE, () -> !newest(suffix).equals(NOTHING), () -> "a finished recording; it said\n" + output());
        return newest(suffix);
    }

    private Sound newest(String suffix) {
        try (Stream<Path> files = Files.list(folder.resolve("rec"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Path::compareTo)
                    .map(file -> Sound.read(file, 0))
                    .filter(sound -> sound.durationMs() > 0)
                    .orElse(NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
