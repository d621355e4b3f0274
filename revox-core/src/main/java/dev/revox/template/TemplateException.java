package dev.revox.template;

import dev.revox.RevoxException;

/** A template that cannot be read or filled. Its message names the place and never a value. <b>Thread:</b> Immutable. */
public final class TemplateException extends RevoxException {

    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message, false);
    }
}
