package dev.revox.agent.provider;

import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What every provider is given.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name short name for logs and events
 * @param baseUrl what the addresses of all its requests begin with, without a slash at the end
 */
public record ProviderSettings(String name, URI baseUrl, Secret apiKey, String model, TimeSource time) {

    /** The address of a request; the path begins with a slash. */
    public URI at(String path) {
        return URI.create(baseUrl + path);
    }

    /**
     * A setting that has no default.
     *
     * @param setting its name with that of the type that it belongs to
     * @throws RevoxException when it is not set
     */
    public static <T> T required(@Nullable T value, String setting) {
        if (value == null) {
            throw new RevoxException(setting + " is not set", false);
        }
        return value;
    }
}
