package dev.revox.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** SIPp as a callee that echoes RTP, following a scenario of this module's resources. */
final class Sipp implements AutoCloseable {

    private final ForeignProgram program;
    private final int sipPort;

    private Sipp(ForeignProgram program, int sipPort) {
        this.program = program;
        this.sipPort = sipPort;
    }

    /** Starts it for one call. */
    static Sipp start(Path folder, String scenario) {
        ForeignProgram.require("sipp");
        int sipPort = ForeignProgram.freePortPair();
        int mediaPort = ForeignProgram.freePortPair();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(scenario);
            Files.writeString(file, PeerResource.text(scenario));
            ForeignProgram program = ForeignProgram.start(
                    folder,
                    List.of(
                            "sipp",
                            "-sf",
                            file.toString(),
                            "-i",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(sipPort),
                            "-mi",
                            "127.0.0.1",
                            "-mp",
                            Integer.toString(mediaPort),
                            "-rtp_echo",
                            "-m",
                            "1",
                            "-nostdin",
                            "-trace_err",
                            "-timeout",
                            "60s"));
            program.awaitUdpPort(sipPort);
            return new Sipp(program, sipPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int sipPort() {
        return sipPort;
    }

    /** Zero when the scenario went as written. */
    int exitCode() {
        return program.exitCode(Duration.ofSeconds(30));
    }

    String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
