package dev.revox.agent.tool;

import java.util.List;

/**
 * Where an agent gets tools that come and go, such as those of a server.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface ToolSource extends AutoCloseable {

    /** Finds out what there is. May block until interrupted; may fail, which costs nothing but its tools. */
    void warmUp();

    /** What a call that begins now has. Never blocks. */
    List<Tool> tools();

    @Override
    void close();
}
