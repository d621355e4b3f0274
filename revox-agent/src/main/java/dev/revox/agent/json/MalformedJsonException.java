package dev.revox.agent.json;

/** Text that is not JSON, or is larger or deeper than allowed. Its message quotes nothing of it. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
