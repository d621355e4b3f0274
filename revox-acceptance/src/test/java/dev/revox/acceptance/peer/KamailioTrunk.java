package dev.revox.acceptance.peer;

import dev.revox.acceptance.world.Eventually;
import dev.revox.sip.SipTrunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A carrier-like trunk: challenges with digest (user {@code revox}, password {@code s3cret}, realm {@code trunk.test},
 * nonces that live 5 s), registers telephones, answers +15550100nnn with status nnn, and sends all other numbers to one callee.
 * A second port asks its customers for no password.
 */
public final class KamailioTrunk implements AutoCloseable {

    public static final String USER = "revox";
    public static final String PASSWORD = "s3cret";

    private final ForeignProgram program;
    private final int port;

    private KamailioTrunk(ForeignProgram program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Starts it on a free port. */
    public static KamailioTrunk start(Path folder, int calleePort, String algorithm) {
        return start(folder, ForeignProgram.freePortPair(), calleePort, algorithm);
    }

    /**
     * Starts it.
     *
     * @param algorithm {@code MD5} or {@code SHA-256}
     */
    private static KamailioTrunk start(Path folder, int port, int calleePort, String algorithm) {
        ForeignProgram.require("kamailio");
        try {
            Files.createDirectories(folder);
            String modules = "/usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64")
                    + "-linux-gnu/kamailio/modules/";
            String config = PeerResource.text("trunk.cfg")
                    .replace("@MODULES@", modules)
                    .replace("@PORT@", Integer.toString(port))
                    .replace("@OPEN_PORT@", Integer.toString(port + 1))
                    .replace("@CALLEE@", Integer.toString(calleePort))
                    .replace("@ALGORITHM@", algorithm);
            Path file = folder.resolve("trunk.cfg");
            Files.writeString(file, config);
            ForeignProgram program = ForeignProgram.start(
                    folder,
                    List.of(
                            "kamailio",
                            "-f",
                            file.toString(),
                            "-DD",
                            "-E",
                            "-P",
                            folder + "/k.pid",
                            "-w",
                            folder.toString(),
                            "-Y",
                            folder.toString(),
                            "-m",
                            "64",
                            "-M",
                            "8"));
            program.awaitUdpPort(port);
            return new KamailioTrunk(program, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Where it knows its customers by their address. */
    int openPort() {
        return port + 1;
    }

    /** A way for our line to it, with the right password. */
    SipTrunk trunk() {
        return trunk(PASSWORD);
    }

    SipTrunk trunk(String password) {
        return SipTrunk.of("sip:127.0.0.1:" + port).name("carrier").credentials(USER, password);
    }

    /** What it has told on its log, one line for each message that passed. */
    List<String> told() {
        return program.output()
                .lines()
                .filter(line -> line.contains("<script>: "))
                .toList();
    }

    String output() {
        return program.output();
    }

    void awaitRegistrationOf(String user) {
        Eventually.until(
                Duration.ofSeconds(15),
                () -> output().contains("registered " + user + " "),
                () -> "the registration of " + user + ":\n" + output());
    }

    @Override
    public void close() {
        program.close();
    }
}
