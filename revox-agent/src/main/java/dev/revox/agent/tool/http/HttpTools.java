package dev.revox.agent.tool.http;

import dev.revox.RevoxException;
import dev.revox.agent.tool.Tool;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.http.HttpLimits;
import dev.revox.http.OutgoingHttp;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes tools of the HTTP endpoints that an assistant names.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class HttpTools {

    private static final System.Logger LOG = System.getLogger("dev.revox.agent.tool.http");

    private final OutgoingHttp http;
    private final HttpLimits limits;

    /**
     * Sends all requests through one client.
     *
     * @param limits of one exchange; a reply that is larger is an error for the model
     */
    public HttpTools(OutgoingHttp http, HttpLimits limits) {
        this.http = http;
        this.limits = limits;
    }

    /** The tools of an assistant. One that cannot be read is left out: a call without it is better than no call. */
    public List<Tool> of(List<HttpTool> described) {
        List<Tool> tools = new ArrayList<>();
        for (HttpTool tool : described) {
            try {
                tools.add(new EndpointTool(tool, http, limits));
            } catch (RevoxException unreadable) {
                LOG.log(System.Logger.Level.WARNING, "tool {0} is left out: {1}", tool.name(), unreadable.getMessage());
            }
        }
        return tools;
    }
}
