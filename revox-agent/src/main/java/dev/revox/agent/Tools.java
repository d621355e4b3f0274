package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolSettings;
import dev.revox.agent.tool.Toolset;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.tool.HttpTool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The tools of an agent. <b>Thread:</b> Thread-safe. */
final class Tools {

    private final List<Tool> host;
    private final ToolSettings settings;
    private final Executor executor;

    private Tools(Builder builder) {
        host = List.copyOf(builder.host);
        settings = builder.settings;
        executor = builder.executor;
    }

    void warmUp() {}

    /** What a call with this assistant has. */
    Toolset forAssistant(Assistant assistant) {
        return new Toolset(host, assistant.ivrNavigation(), settings, executor);
    }

    /** Collects tools. <b>Thread:</b> Confined to its caller. */
    static final class Builder {

        private final List<Tool> host = new ArrayList<>();
        private ToolSettings settings = ToolSettings.DEFAULT;
        private Executor executor = Toolset.OWN_THREADS;

        void add(Tool tool) {
            if (HttpTool.RESERVED_NAMES.contains(tool.name())
                    || host.stream().anyMatch(other -> other.name().equals(tool.name()))) {
                throw new RevoxException(
                        "VoiceAgents: there is a tool " + tool.name() + " already; choose another name", false);
            }
            host.add(tool);
        }

        void settings(ToolSettings values) {
            settings = values;
        }

        void executor(Executor forTools) {
            executor = forTools;
        }

        Tools build() {
            return new Tools(this);
        }
    }
}
