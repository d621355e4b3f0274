package dev.revox.agent.tool.host;

/** Arguments that a record does not take. Its message is for the model. */
final class UnfitArgumentException extends Exception {

    private static final long serialVersionUID = 1L;

    UnfitArgumentException(String message) {
        super(message);
    }
}
