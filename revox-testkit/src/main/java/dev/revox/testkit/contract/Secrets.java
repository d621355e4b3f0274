package dev.revox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for secrets where they must not be. */
public final class Secrets {

    private Secrets() {}

    /** Neither the exception nor any cause of it, as a log would print them, holds the secret. */
    public static void assertHidden(Throwable failure, String secret) {
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain(secret);
    }
}
