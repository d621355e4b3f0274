package dev.revox.sip.media;

import dev.revox.time.TimeSource;
import java.net.InetAddress;

/** Makes a line's media plane when the line starts. <b>Thread:</b> called once during {@code start}. */
@FunctionalInterface
public interface MediaPlaneFactory {

    /**
     * Opens a plane; the line closes it.
     *
     * @param localAddress the address that SIP is bound to, where media belongs too
     */
    MediaPlane open(TimeSource time, InetAddress localAddress);
}
