package dev.revox.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Turns a host name into addresses. <b>Thread:</b> Thread-safe; may block. */
@FunctionalInterface
public interface HostResolver {

    /** The JVM's own resolution. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses of a host, in order of preference. */
    List<InetAddress> resolve(String host) throws IOException;
}
