package dev.revox.agent.tool.mcp;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.FilterChain;
import jakarta.servlet.GenericFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The shop behind HTTP. */
final class HttpShop implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final McpSyncServer server;
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** On that port, 0 for any. */
    HttpShop(Path folder, int port) throws LifecycleException {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(ShopServer.json())
                .mcpEndpoint("/mcp")
                .build();
        server = ShopServer.on(McpServer.sync(transport));
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        Wrapper servlet = Tomcat.addServlet(context, "mcp", transport);
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        watch(context);
        tomcat.start();
    }

    private void watch(Context context) {
        FilterDef watcher = new FilterDef();
        watcher.setFilterName("watcher");
        watcher.setAsyncSupported("true");
        watcher.setFilter(new Watcher(authorizations));
        context.addFilterDef(watcher);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("watcher");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
    }

    private static final class Watcher extends GenericFilter {

        private static final long serialVersionUID = 1L;

        private final transient List<String> seen;

        Watcher(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            seen.add(String.valueOf(((HttpServletRequest) request).getHeader("Authorization")));
            chain.doFilter(request, response);
        }
    }

    McpSyncServer server() {
        return server;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    @Override
    public void close() throws LifecycleException {
        server.close();
        tomcat.stop();
        tomcat.destroy();
    }
}
