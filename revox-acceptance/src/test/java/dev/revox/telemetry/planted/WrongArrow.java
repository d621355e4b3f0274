package dev.revox.telemetry.planted;

/** Planted: an arrow between modules that must not be. */
public final class WrongArrow {

    public Class<?> target() {
        return dev.revox.sip.media.MediaPlane.class;
    }
}
