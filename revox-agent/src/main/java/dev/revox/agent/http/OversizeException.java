package dev.revox.agent.http;

import java.io.IOException;

/** An answer, or a line of it, is larger than its limit. */
public final class OversizeException extends IOException {

    private static final long serialVersionUID = 1L;

    public OversizeException(String what, long limitBytes) {
        super(what + " is larger than " + limitBytes + " bytes");
    }
}
