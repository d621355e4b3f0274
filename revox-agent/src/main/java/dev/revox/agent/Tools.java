package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolSettings;
import dev.revox.agent.tool.ToolSource;
import dev.revox.agent.tool.Toolset;
import dev.revox.agent.tool.http.HttpTools;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.http.HttpLimits;
import dev.revox.http.OutgoingHttp;
import dev.revox.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The tools of an agent. <b>Thread:</b> Thread-safe. */
final class Tools {

    private final List<Tool> host;
    private final List<ToolSource> sources;
    private final ToolSettings settings;
    private final Executor executor;
    private final HttpTools endpoints;

    private Tools(Builder builder, HttpTools endpoints) {
        this.endpoints = endpoints;
        host = List.copyOf(builder.host);
        sources = List.copyOf(builder.sources);
        settings = builder.settings;
        executor = builder.executor;
    }

    void warmUp() {
        sources.forEach(ToolSource::warmUp);
    }

    /** What a call with this assistant has. */
    Toolset forAssistant(Assistant assistant) {
        List<Tool> all = new ArrayList<>(host);
        sources.forEach(source -> all.addAll(source.tools()));
        // Behind the host's own: a tool of that name that an assistant brings does not replace them.
        all.addAll(endpoints.of(assistant.tools()));
        return new Toolset(all, assistant.ivrNavigation(), settings, executor);
    }

    /** Collects tools. <b>Thread:</b> Confined to its caller. */
    static final class Builder {

        private final List<Tool> host = new ArrayList<>();
        private final List<ToolSource> sources = new ArrayList<>();
        private ToolSettings settings = ToolSettings.DEFAULT;
        private Optional<OutgoingHttp> http = Optional.empty();
        private Executor executor = Toolset.OWN_THREADS;

        void add(Tool tool) {
            if (HttpTool.RESERVED_NAMES.contains(tool.name())
                    || host.stream().anyMatch(other -> other.name().equals(tool.name()))) {
                throw new RevoxException(
                        "VoiceAgents: there is a tool " + tool.name() + " already; choose another name", false);
            }
            host.add(tool);
        }

        void add(ToolSource source) {
            sources.add(source);
        }

        void settings(ToolSettings values) {
            settings = values;
        }

        void executor(Executor forTools) {
            executor = forTools;
        }

        void http(OutgoingHttp client) {
            http = Optional.of(client);
        }

        Tools build(VoiceAgents.Builder agent) {
            OutgoingHttp client = http.orElseGet(
                    () -> OutgoingHttp.builder(agent.owning(SystemTime.start())).build());
            return new Tools(this, new HttpTools(client, HttpLimits.DEFAULT.withDeadline(settings.deadline())));
        }
    }
}
