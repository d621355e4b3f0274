package dev.revox.phone;

import dev.revox.RevoxException;

/** A text that is no telephone number. Its message names the remedy and never the text. <b>Thread:</b> Immutable. */
public final class InvalidPhoneNumberException extends RevoxException {

    private static final long serialVersionUID = 1L;

    InvalidPhoneNumberException(String message) {
        super(message, false);
    }

    /** Never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "is not a telephone number" : message;
    }
}
