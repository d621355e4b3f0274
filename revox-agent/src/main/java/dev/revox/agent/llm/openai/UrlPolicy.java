package dev.revox.agent.llm.openai;

import java.net.URI;

/**
 * Where requests may go when an assistant, not the engine's owner, names the endpoint: such a URL must not reach the hosts
 * of the owner's own network.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
@FunctionalInterface
public interface UrlPolicy {

    /**
     * Returns when requests may go there.
     *
     * @throws dev.revox.RevoxException when they may not, naming the reason
     */
    void check(URI url);
}
