package dev.revox.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static JavaClasses library = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read_the_library() {
        library = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/revox-acceptance/"))
                .importPackages("dev.revox");
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
                        HouseRules.ARROWS.stream(),
                        HouseRules.QUARANTINES.stream(),
                        Stream.of(
                                HouseRules.ONLY_TIME_READS_A_CLOCK,
                                HouseRules.NO_ROOM_FOR_ODDMENTS,
                                HouseRules.PUBLIC_TYPES_STAND_IN_NULL_MARKED_ROOMS,
                                HouseRules.ROOMS_FORM_A_DAG))
                .flatMap(stream -> stream);
    }

    @Test
    void all_library_modules_are_read() {
        assertThat(library.containPackage("dev.revox.line")).isTrue();
        assertThat(library.containPackage("dev.revox.audio.ring")).isTrue();
        assertThat(library.containPackage("dev.revox.sip.media")).isTrue();
        assertThat(library.containPackage("dev.revox.agent.llm")).isTrue();
        assertThat(library.containPackage("dev.revox.store.jdbc.job")).isTrue();
        assertThat(library.containPackage("dev.revox.telemetry.micrometer")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_library_obeys(ArchRule rule) {
        rule.check(library);
    }
}
