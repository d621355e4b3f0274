package dev.revox.agent.tool.http;

import dev.revox.RevoxException;

/** A tool's templates gave something that is no URL. <b>Thread:</b> Immutable. */
final class ToolUrlException extends RevoxException {

    private static final long serialVersionUID = 1L;

    ToolUrlException() {
        super("the arguments do not make a URL", false);
    }
}
