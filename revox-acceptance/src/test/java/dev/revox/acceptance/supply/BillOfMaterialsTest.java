package dev.revox.acceptance.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build writes names every library, its version, its licence and its hash. */
class BillOfMaterialsTest {

    private static final Path BOM = Path.of("..", "target", "bom.json");

    private static final Map<String, JsonNode> COMPONENTS = new HashMap<>();

    @BeforeAll
    static void read_the_bill() throws IOException {
        assumeTrue(Files.exists(BOM), "target/bom.json is written by the package phase of the whole build");
        JsonNode bom = new ObjectMapper().readTree(BOM.toFile());
        bom.get("components")
                .forEach(component -> COMPONENTS.put(component.get("name").asText(), component));
    }

    @Test
    void every_library_of_the_call_path_is_listed() {
        assertThat(COMPONENTS)
                .containsKeys(
                        "jain-sip-ri", "onnxruntime", "concentus", "openai-java-core", "libphonenumber", "caffeine");
    }

    @Test
    void every_library_has_a_fixed_version_and_a_hash() {
        assertThat(COMPONENTS.values())
                .filteredOn(component -> !component.path("group").asText().equals("dev.revox"))
                .allSatisfy(component -> {
                    assertThat(component.get("version").asText())
                            .isNotBlank()
                            .doesNotContain("SNAPSHOT", "[", "LATEST");
                    assertThat(component.path("hashes").size())
                            .as(component.get("name").asText())
                            .isPositive();
                });
    }

    @Test
    void the_banned_libraries_are_not_there() {
        assertThat(COMPONENTS).doesNotContainKeys("log4j", "jain-sip-api");
        assertThat(COMPONENTS)
                .hasEntrySatisfying(
                        "onnxruntime",
                        runtime -> assertThat(runtime.get("version").asText()).isEqualTo("1.28.0"));
    }
}
