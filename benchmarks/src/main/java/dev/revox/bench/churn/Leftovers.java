package dev.revox.bench.churn;

import dev.revox.sip.SipCallLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the process holds at one moment.
 *
 * @param sockets open descriptors that are sockets, from the kernel
 * @param threads live threads of the virtual machine
 * @param signalling legs, dialogs and transactions of both lines
 */
record Leftovers(long sockets, int threads, int signalling) {

    static Leftovers now(SipCallLine... lines) {
        int signalling = 0;
        for (SipCallLine line : lines) {
            signalling += line.occupancy();
        }
        return new Leftovers(openSockets(), Thread.getAllStackTraces().size(), signalling);
    }

    private static long openSockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(Leftovers::socket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean socket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }
}
