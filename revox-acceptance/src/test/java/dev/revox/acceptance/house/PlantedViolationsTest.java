package dev.revox.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the house is shown to fail on a class that breaks it; the classes are planted in this module's tests. */
class PlantedViolationsTest {

    static Stream<Arguments> violations() {
        Stream<Arguments> quarantines =
                HouseRules.QUARANTINES.stream().map(rule -> Arguments.of(rule, "dev.revox.order.planted"));
        Stream<Arguments> others = Stream.of(
                Arguments.of(HouseRules.CORE_KNOWS_NO_DATABASE, "dev.revox.order.planted"),
                Arguments.of(HouseRules.CORE_KNOWS_NO_OTHER_MODULE, "dev.revox.order.planted"),
                Arguments.of(HouseRules.AUDIO_KNOWS_ONLY_CORE, "dev.revox.audio.planted"),
                Arguments.of(HouseRules.SIP_NEVER_SEES_THE_AGENT, "dev.revox.sip.planted"),
                Arguments.of(HouseRules.THE_AGENT_NEVER_SEES_SIP, "dev.revox.agent.planted"),
                Arguments.of(HouseRules.TELEMETRY_KNOWS_ONLY_CORE, "dev.revox.telemetry.planted"),
                Arguments.of(HouseRules.THE_TESTKIT_NEVER_SEES_SIP, "dev.revox.testkit.planted"),
                Arguments.of(HouseRules.ONLY_TIME_READS_A_CLOCK, "dev.revox.order.planted"),
                Arguments.of(HouseRules.NO_ROOM_FOR_ODDMENTS, "dev.revox.order.planted.util"),
                Arguments.of(HouseRules.PUBLIC_TYPES_STAND_IN_NULL_MARKED_ROOMS, "dev.revox.order.planted.util"),
                Arguments.of(HouseRules.ROOMS_FORM_A_DAG, "dev.revox.order.planted"));
        return Stream.concat(quarantines, others);
    }

    @ParameterizedTest
    @MethodSource("violations")
    void a_planted_violation_is_found(ArchRule rule, String room) {
        JavaClasses planted = new ClassFileImporter().importPackages(room);
        assertThat(planted).as("planted classes in %s", room).isNotEmpty();

        EvaluationResult result = rule.evaluate(planted);

        assertThat(result.hasViolation()).isTrue();
    }
}
