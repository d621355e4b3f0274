/**
 * Local servers that speak the providers' wire protocols on 127.0.0.1, scriptable and with faults to inject, so that
 * an agent can be tested without keys or network. What they say and understand is supplied through {@link
 * dev.revox.testkit.provider.Speaker} and {@link dev.revox.testkit.provider.Recogniser}.
 */
@NullMarked
package dev.revox.testkit.provider;

import org.jspecify.annotations.NullMarked;
