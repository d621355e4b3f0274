package dev.revox.agent.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.order.Direction;
import dev.revox.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MCP servers of the SDK, over Streamable HTTP and as child processes. */
class McpToolsLoopbackIT {

    private static final ToolContext CONTEXT =
            new ToolContext("order-1", "attempt-1", Direction.OUTBOUND, Map.of(), Optional.empty());

    @TempDir
    Path folder;

    private static McpTools.Builder process() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return McpTools.process(java, "-cp", System.getProperty("java.class.path"), ShopServer.class.getName());
    }

    private static McpTools quick(McpTools.Builder builder) {
        return builder.deadline(Duration.ofSeconds(5))
                .retries(Duration.ofMillis(100), Duration.ofMillis(200))
                .build();
    }

    private static Tool named(McpTools tools, String name) {
        return tools.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(McpTools tools) {
        return tools.tools().stream().map(Tool::name).sorted().toList();
    }

    private static ToolOutput call(McpTools tools, String name, Map<String, Object> arguments) throws Exception {
        return named(tools, name).call(arguments, CONTEXT).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Tries again, for what another process does in its own time. */
    private static void until(Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(reached);
    }

    @Test
    void tools_of_a_server_over_http_are_listed_checked_and_called() throws Exception {
        try (HttpShop shop = new HttpShop(folder, 0);
                McpTools tools = quick(McpTools.http(shop.endpoint())
                        .secret("Authorization", Secret.of("Bearer shop-key"))
                        .only("shop.find-table", "refuse", "crash"))) {
            tools.warmUp();

            assertThat(names(tools)).containsExactly("crash", "refuse", "shop_find-table");
            Tool find = named(tools, "shop_find-table");
            assertThat(find.spec().description()).isEqualTo("Does shop.find-table.");
            assertThat(find.spec().parametersJsonSchema()).contains("\"enum\":[\"Paris\",\"Rome\"]");
            assertThat(find.input().problem(Map.of("city", "Moscow")))
                    .contains("argument city must be one of: Paris, Rome");
            assertThat(find.input().problem(Map.of("city", "Rome", "vip", true)))
                    .isPresent();
            assertThat(call(tools, "shop_find-table", Map.of("city", "Rome")))
                    .isEqualTo(ToolOutput.of("a table in Rome"));
            assertThat(call(tools, "refuse", Map.of("city", "Rome"))).isEqualTo(ToolOutput.error("sold out"));
            assertThat(call(tools, "crash", Map.of("city", "Rome")).error()).isTrue();
            assertThat(shop.authorizations).isNotEmpty().containsOnly("Bearer shop-key");
        }
    }

    @Test
    void a_changed_list_is_taken_over() throws Exception {
        try (HttpShop shop = new HttpShop(folder, 0);
                McpTools tools = quick(McpTools.http(shop.endpoint()).prefix("shop_"))) {
            tools.warmUp();
            assertThat(names(tools)).contains("shop_refuse").doesNotContain("shop_gift");

            // The stream for what the server says by itself is opened after the answer to the first request.
            until(() -> {
                shop.server().addTool(ShopServer.tool("gift", arguments -> ShopServer.result("wrapped", false)));
                shop.server().removeTool("refuse");
                shop.server().notifyToolsListChanged();
                return names(tools).contains("shop_gift");
            });

            assertThat(names(tools)).doesNotContain("shop_refuse");
            assertThat(call(tools, "shop_gift", Map.of("city", "Rome"))).isEqualTo(ToolOutput.of("wrapped"));
        }
    }

    @Test
    void a_server_that_is_down_costs_its_tools_until_it_is_back() throws Exception {
        int port;
        try (HttpShop shop = new HttpShop(folder, 0)) {
            port = shop.port();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
        try (McpTools tools = quick(McpTools.http(endpoint))) {
            tools.warmUp();
            assertThat(tools.tools()).isEmpty();

            try (HttpShop shop = new HttpShop(folder, port)) {
                assertThat(shop.port()).isEqualTo(port);
                until(() -> !tools.tools().isEmpty());
                assertThat(call(tools, "refuse", Map.of("city", "Rome"))).isEqualTo(ToolOutput.error("sold out"));
            }

            assertThat(call(tools, "shop_find-table", Map.of("city", "Rome")).error())
                    .isTrue();
            try (HttpShop shop = new HttpShop(folder, port)) {
                assertThat(shop.port()).isEqualTo(port);
                until(() -> works(tools));
            }
        }
    }

    private static boolean works(McpTools tools) {
        try {
            return !call(tools, "shop_find-table", Map.of("city", "Rome")).error();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void a_server_that_answers_late_is_an_error_and_stays_connected() throws Exception {
        try (HttpShop shop = new HttpShop(folder, 0);
                McpTools tools = quick(McpTools.http(shop.endpoint()).deadline(Duration.ofSeconds(5)))) {
            tools.warmUp();

            CompletableFuture<ToolOutput> hanging =
                    named(tools, "hang").call(Map.of("city", "Rome"), CONTEXT).toCompletableFuture();
            assertThat(call(tools, "shop_find-table", Map.of("city", "Paris")).error())
                    .isFalse();

            assertThat(hanging.get(30, TimeUnit.SECONDS).error()).isTrue();
            assertThat(call(tools, "shop_find-table", Map.of("city", "Paris")).error())
                    .isFalse();
        }
    }

    @Test
    void a_child_process_is_spoken_to_and_started_anew_when_it_dies() throws Exception {
        try (McpTools tools = quick(process())) {
            tools.warmUp();
            assertThat(call(tools, "shop_find-table", Map.of("city", "Paris")))
                    .isEqualTo(ToolOutput.of("a table in Paris"));

            assertThat(call(tools, "exit", Map.of("city", "Paris")).error()).isTrue();

            until(() -> works(tools));
        }
    }

    @Test
    void a_command_that_does_not_exist_is_no_failure_of_the_agent() {
        try (McpTools tools = quick(McpTools.process("/no/such/program"))) {
            tools.warmUp();

            assertThat(tools.tools()).isEmpty();
        }
    }

    @Test
    void nothing_is_made_anew_after_the_end() throws LifecycleException {
        try (HttpShop shop = new HttpShop(folder, 0)) {
            McpTools tools = quick(McpTools.http(shop.endpoint()));
            tools.warmUp();
            assertThat(tools.tools()).isNotEmpty();

            tools.close();
            tools.warmUp();

            assertThat(tools.tools()).isEmpty();
        }
    }
}
