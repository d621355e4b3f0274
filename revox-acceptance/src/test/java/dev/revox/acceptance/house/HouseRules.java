package dev.revox.acceptance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/** The rules that every class of the library modules obeys. */
final class HouseRules {

    private static final String[] CORE = {
        "dev.revox",
        "dev.revox.admission..",
        "dev.revox.assistant..",
        "dev.revox.attempt..",
        "dev.revox.call..",
        "dev.revox.campaign..",
        "dev.revox.cluster..",
        "dev.revox.conversation..",
        "dev.revox.dispatch..",
        "dev.revox.event..",
        "dev.revox.export..",
        "dev.revox.guard..",
        "dev.revox.http..",
        "dev.revox.job..",
        "dev.revox.lifecycle..",
        "dev.revox.line..",
        "dev.revox.media..",
        "dev.revox.notify..",
        "dev.revox.order..",
        "dev.revox.outcome..",
        "dev.revox.phone..",
        "dev.revox.resource..",
        "dev.revox.schedule..",
        "dev.revox.secret..",
        "dev.revox.store..",
        "dev.revox.template..",
        "dev.revox.time..",
        "dev.revox.transcript..",
        "dev.revox.wire.."
    };

    static final ArchRule CORE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.revox.audio..",
                    "dev.revox.sip..",
                    "dev.revox.agent..",
                    "dev.revox.testkit..",
                    "io.netty..",
                    "javax.sip..",
                    "ai.onnxruntime..",
                    "com.openai..");

    static final ArchRule AUDIO_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("dev.revox.audio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.revox.sip..", "dev.revox.agent..", "dev.revox.testkit..");

    static final ArchRule SIP_NEVER_SEES_THE_AGENT = noClasses()
            .that()
            .resideInAPackage("dev.revox.sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.revox.agent..", "dev.revox.testkit..");

    static final ArchRule THE_AGENT_NEVER_SEES_SIP = noClasses()
            .that()
            .resideInAPackage("dev.revox.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.revox.sip..", "dev.revox.testkit..");

    static final ArchRule THE_TESTKIT_NEVER_SEES_SIP = noClasses()
            .that()
            .resideInAPackage("dev.revox.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.revox.sip..");

    static final ArchRule CORE_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .and()
            .resideOutsideOfPackage("dev.revox.store.jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.revox.store.jdbc..");

    static final ArchRule TELEMETRY_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("dev.revox.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.revox.audio..", "dev.revox.sip..", "dev.revox.agent..", "dev.revox.testkit..");

    static final List<ArchRule> ARROWS = List.of(
            TELEMETRY_KNOWS_ONLY_CORE,
            CORE_KNOWS_NO_DATABASE,
            CORE_KNOWS_NO_OTHER_MODULE,
            AUDIO_KNOWS_ONLY_CORE,
            SIP_NEVER_SEES_THE_AGENT,
            THE_AGENT_NEVER_SEES_SIP,
            THE_TESTKIT_NEVER_SEES_SIP);

    /** A foreign library and the only rooms that may know it. */
    static final List<ArchRule> QUARANTINES = List.of(
            quarantine("JAIN-SIP", new String[] {"javax.sip..", "gov.nist.."}, "dev.revox.sip.signaling.."),
            quarantine("ONNX Runtime", new String[] {"ai.onnxruntime.."}, "dev.revox.audio.onnx.."),
            quarantine("Concentus", new String[] {"io.github.jaredmdobson.concentus.."}, "dev.revox.audio.codec.."),
            quarantine("the OpenAI SDK", new String[] {"com.openai.."}, "dev.revox.agent.llm.openai.."),
            quarantine("Micrometer", new String[] {"io.micrometer.."}, "dev.revox.telemetry.micrometer.."),
            quarantine("OpenTelemetry", new String[] {"io.opentelemetry.."}, "dev.revox.telemetry.opentelemetry.."),
            quarantine(
                    "the MCP SDK",
                    new String[] {"io.modelcontextprotocol..", "reactor.."},
                    "dev.revox.agent.tool.mcp.."),
            quarantine("db-scheduler", new String[] {"com.github.kagkarlsson.."}, "dev.revox.store.jdbc.job.."),
            quarantine("H2", new String[] {"org.h2.."}, "dev.revox.store.jdbc.embedded.."),
            quarantine(
                    "HikariCP", new String[] {"com.zaxxer.."}, "dev.revox.store.jdbc.embedded..", "dev.revox.bench.."),
            quarantine("libphonenumber", new String[] {"com.google.i18n.."}, "dev.revox.phone.."),
            quarantine(
                    "Jackson",
                    new String[] {"com.fasterxml.jackson.."},
                    "dev.revox.wire..",
                    "dev.revox.template..",
                    "dev.revox.agent.json..",
                    "dev.revox.agent.llm.openai..",
                    "dev.revox.testkit.."),
            quarantine(
                    "Netty",
                    new String[] {"io.netty.."},
                    "dev.revox.sip.transport..",
                    "dev.revox.agent.socket..",
                    "dev.revox.testkit.."),
            quarantine("Jollyday", new String[] {"de.focus_shift.."}, "dev.revox.guard.holiday.."));

    /**
     * Only {@code dev.revox.time} reads a clock or waits on one. The testkit's telephone and servers stand for the world
     * outside, which has clocks of its own.
     */
    static final ArchRule ONLY_TIME_READS_A_CLOCK = noClasses()
            .that()
            .resideInAPackage("dev.revox..")
            .and()
            .resideOutsideOfPackages(
                    "dev.revox.time..",
                    "dev.revox.testkit.phone..",
                    "dev.revox.testkit.provider..",
                    "dev.revox.examples..",
                    "dev.revox.bench..")
            .should()
            .accessTargetWhere(readsAClockOrWaits());

    static final ArchRule NO_ROOM_FOR_ODDMENTS = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..");

    static final ArchRule PUBLIC_TYPES_STAND_IN_NULL_MARKED_ROOMS = classes()
            .that()
            .resideInAPackage("dev.revox..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .resideInAnyPackage("dev.revox..")
            .andShould(new NullMarkedRoom());

    /** Rooms of core form a DAG; the front door and its exception stand outside. */
    static final ArchRule ROOMS_FORM_A_DAG =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    private HouseRules() {}

    private static ArchRule quarantine(String what, String[] foreign, String... rooms) {
        return noClasses()
                .that()
                .resideInAPackage("dev.revox..")
                .and()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign)
                .as(what + " stays in " + String.join(", ", rooms));
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClockOrWaits() {
        Set<String> anyMember = Set.of("java.util.Timer", "java.util.concurrent.ScheduledExecutorService");
        Set<String> members = Set.of(
                "java.lang.System.nanoTime",
                "java.lang.System.currentTimeMillis",
                "java.lang.Thread.sleep",
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalTime.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone",
                "java.time.InstantSource.system",
                "java.util.concurrent.CompletableFuture.orTimeout",
                "java.util.concurrent.CompletableFuture.completeOnTimeout",
                "java.util.concurrent.CompletableFuture.delayedExecutor",
                "java.util.concurrent.Executors.newScheduledThreadPool",
                "java.util.concurrent.Executors.newSingleThreadScheduledExecutor");
        return DescribedPredicate.describe("read a clock or wait on one", access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getFullName();
            if (anyMember.contains(owner) || members.contains(owner + "." + target.getName())) {
                return true;
            }
            boolean timedWait = owner.startsWith("java.util.concurrent.")
                    && (target.getName().equals("poll") || target.getName().equals("offer"))
                    && access instanceof com.tngtech.archunit.core.domain.JavaCodeUnitAccess<?> call
                    && call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(java.util.concurrent.TimeUnit.class));
            return timedWait;
        });
    }

    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String room = javaClass.getPackageName();
            if (room.equals("dev.revox") || !room.startsWith("dev.revox.")) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(room);
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
