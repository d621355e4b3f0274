package dev.revox.acceptance.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries that really are on the class path of a program with all of the product's modules. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.log4j.Logger",
                "org.apache.log4j.spi.LoggingEvent",
                "org.apache.logging.log4j.core.Logger"
            })
    void x14_no_log4j_is_there(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void x14_the_sip_api_comes_from_one_jar() throws IOException {
        assertThat(Collections.list(loader().getResources("javax/sip/SipStack.class")))
                .singleElement()
                .asString()
                .contains("jain-sip-ri");
    }

    @Test
    void x14_onnx_runtime_is_the_pinned_version_and_there_once() throws IOException {
        assertThat(Collections.list(loader().getResources("ai/onnxruntime/OrtEnvironment.class")))
                .hasSize(1);
        assertThat(jarOf(OrtEnvironment.class)).isEqualTo("onnxruntime-1.28.0.jar");
        assertThat(versions("com.microsoft.onnxruntime", "onnxruntime")).allMatch("1.28.0"::equals);
    }

    /** The versions that Maven noted in the jars; none where a jar was not made by it. */
    private static List<String> versions(String group, String artifact) throws IOException {
        List<String> found = new ArrayList<>();
        for (var url : Collections.list(
                loader().getResources("META-INF/maven/" + group + "/" + artifact + "/pom.properties"))) {
            Properties properties = new Properties();
            try (InputStream in = url.openStream()) {
                properties.load(in);
            }
            found.add(properties.getProperty("version"));
        }
        return found;
    }

    private static String jarOf(Class<?> type) {
        URI place = URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString());
        return String.valueOf(Path.of(place).getFileName());
    }

    private static ClassLoader loader() {
        return ClassPathTest.class.getClassLoader();
    }
}
