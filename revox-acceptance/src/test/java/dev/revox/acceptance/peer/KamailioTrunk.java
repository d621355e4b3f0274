package dev.revox.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A carrier-like trunk: challenges with digest (user {@code revox}, password {@code s3cret}, realm {@code trunk.test},
 * nonces that live 5 s), answers +15550100nnn with status nnn, and sends all other numbers to one callee.
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
    static KamailioTrunk start(Path folder, int port, int calleePort, String algorithm) {
        ForeignProgram.require("kamailio");
        try {
            Files.createDirectories(folder);
            String modules = "/usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64")
                    + "-linux-gnu/kamailio/modules/";
            String config = PeerResource.text("trunk.cfg")
                    .replace("@MODULES@", modules)
                    .replace("@PORT@", Integer.toString(port))
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

    @Override
    public void close() {
        program.close();
    }
}
