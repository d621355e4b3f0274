package dev.revox.agent.provider;

import static dev.revox.agent.provider.ProviderSettings.required;

import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all providers have; {@code apiKey} and {@code time} have no default.
 *
 * <p><b>Thread:</b> Confined to whoever builds.
 *
 * @param <B> the builder itself, for calls in a row
 */
public abstract class ProviderBuilder<B extends ProviderBuilder<B>> {

    private final String type;
    private String name;
    private URI baseUrl;
    private @Nullable Secret apiKey;
    private @Nullable String model;
    private @Nullable TimeSource time;

    /**
     * The builder of a provider whose model must be named.
     *
     * @param type what is built, for messages about wrong settings
     */
    protected ProviderBuilder(String type, String name, URI baseUrl) {
        this.type = type;
        this.name = name;
        this.baseUrl = baseUrl;
    }

    /** The builder of a provider that has a model to start with. */
    protected ProviderBuilder(String type, String name, URI baseUrl, String model) {
        this(type, name, baseUrl);
        this.model = model;
    }

    protected abstract B self();

    /** Short name for logs and events; the provider's own in small letters when left out. */
    public B name(String value) {
        name = value;
        return self();
    }

    /** What the addresses of all requests begin with, without a slash at the end; the provider's own when left out. */
    public B baseUrl(URI value) {
        baseUrl = value;
        return self();
    }

    public B apiKey(Secret value) {
        apiKey = value;
        return self();
    }

    public B model(String value) {
        model = value;
        return self();
    }

    public B time(TimeSource value) {
        time = value;
        return self();
    }

    /**
     * What has been set.
     *
     * @throws RevoxException naming the setting that is missing
     */
    protected final ProviderSettings provider() {
        return new ProviderSettings(
                name,
                baseUrl,
                required(apiKey, type + ".apiKey"),
                required(model, type + ".model"),
                required(time, type + ".time"));
    }

    /** For {@code build()} to throw: what a setting must be and is not. */
    protected final RevoxException wrong(String setting, String rule) {
        return new RevoxException(type + "." + setting + " " + rule, false);
    }
}
