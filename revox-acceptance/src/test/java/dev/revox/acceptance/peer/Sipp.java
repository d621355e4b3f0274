package dev.revox.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        return play(folder, PeerResource.text(scenario));
    }

    /** Starts it for one call, with a scenario's text. */
    static Sipp play(Path folder, String scenario) {
        Sipp sipp = run(folder, scenario, ForeignProgram.freePortPair(), List.of());
        sipp.program.awaitUdpPort(sipp.sipPort);
        return sipp;
    }

    /** Places one call to a port of this machine from a port that is known beforehand. */
    static Sipp call(Path folder, String scenario, int fromPort, int toPort) {
        return run(folder, scenario, fromPort, List.of("127.0.0.1:" + toPort));
    }

    private static Sipp run(Path folder, String scenario, int sipPort, List<String> more) {
        ForeignProgram.require("sipp");
        int mediaPort = ForeignProgram.freePortPair();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("scenario.xml");
            Files.writeString(file, scenario);
            List<String> command = new ArrayList<>(List.of(
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
            command.addAll(more);
            return new Sipp(ForeignProgram.start(folder, command), sipPort);
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
