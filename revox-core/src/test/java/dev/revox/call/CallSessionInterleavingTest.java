package dev.revox.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationResult;
import dev.revox.fake.FakeLeg;
import dev.revox.fake.Fixtures;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.media.PlayoutEvent;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random orders of everything that may happen to a call, some of it impossible, with a conversation that answers at random and
 * sometimes throws: whatever comes, there is one end, and everything is given back.
 */
class CallSessionInterleavingTest {
    private static final int RUNS_PER_SEED = 2000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_260_731, 424_242})
    void every_interleaving_has_one_end_and_frees_everything(long seed) {
        Random seeds = new Random(seed);
        for (int run = 0; run < RUNS_PER_SEED; run++) {
            long runSeed = seeds.nextLong();
            new World(runSeed).run("seed " + seed + ", run " + run + " (" + runSeed + ")");
        }
    }

    private static final class World implements SessionObserver {
        private final Random random;
        private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-08-03T10:00:00Z"));
        private final List<AttemptResult> results = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final RandomConversation conversation = new RandomConversation();
        private final FakeLeg leg;
        private final CallSession session;
        private final boolean inbound;
        private @Nullable Consumer<AgentSignal> agentMailbox;
        private int answeredTold;

        World(long seed) {
            random = new Random(seed);
            inbound = random.nextInt(4) == 0;
            leg = new FakeLeg("leg", random.nextInt(3) == 0);
            FakeAgentThatThrows agent = new FakeAgentThatThrows();
            SessionSetup setup = new SessionSetup(
                    Fixtures.conversation(time), Duration.ofSeconds(45), Optional.empty(), SessionLimits.DEFAULT);
            session = inbound
                    ? CallSession.inbound(setup, leg, agent, time, time, this)
                    : CallSession.outbound(
                            setup, Fixtures.dialRequest(), new FixedLine(), agent, time, time, this, () -> true);
        }

        void run(String name) {
            boolean startFirst = random.nextInt(5) != 0;
            if (startFirst) {
                session.start();
            }
            int steps = random.nextInt(25);
            for (int i = 0; i < steps; i++) {
                step();
                if (random.nextBoolean()) {
                    time.settle();
                }
            }
            if (!startFirst) {
                session.start();
            }
            // Longer than the longest of all deadlines after one another.
            time.advance(Duration.ofHours(2));

            assertThat(results).as(name + log).hasSize(1);
            AttemptResult result = results.getFirst();
            assertThat(result.status()).as(name).isIn(AttemptStatus.COMPLETED, AttemptStatus.ERROR);
            assertThat(result.answeredAt().isPresent() && result.dialError().isPresent())
                    .as(name + ": an answered attempt has no dial error")
                    .isFalse();
            assertThat(answeredTold).as(name).isEqualTo(result.answeredAt().isPresent() ? 1 : 0);
            assertThat(conversation.closed).as(name).isEqualTo(conversation.opened);
            assertThat(leg.openEars()).as(name).isZero();
            assertThat(time.pendingCount()).as(name + ": alarms left").isZero();
            assertThat(leg.terminalSeen() || leg.hangUps() > 0 || !leg.used())
                    .as(name + ": a leg was left up")
                    .isTrue();
            assertThat(conversation.toldAfterClose).as(name).isZero();
        }

        private void step() {
            int choice = random.nextInt(13);
            log.add(Integer.toString(choice));
            switch (choice) {
                case 0 -> emit(new LegEvent.Ringing(time.nanoTime(), 180));
                case 1 -> emit(new LegEvent.EarlyMedia(time.nanoTime()));
                case 2, 3 -> emit(new LegEvent.Answered(time.nanoTime(), "PCMU", 8000));
                case 4 -> emit(new LegEvent.SpeechStarted(time.nanoTime(), time.nanoTime()));
                case 5 -> emit(new LegEvent.Playout(new PlayoutEvent.Finished(1, time.nanoTime(), 20_000)));
                case 6 -> emit(new LegEvent.DialFailed(time.nanoTime(), DialError.BUSY, SipFailure.local("", "t")));
                case 7 -> emit(new LegEvent.Ended(time.nanoTime(), anyOf(LegEnd.values()), Optional.empty()));
                case 8 -> session.stop(EndedBy.SYSTEM, anyOf(EndReason.values()));
                case 9 -> {
                    if (agentMailbox != null) {
                        agentMailbox.accept(new AgentSignal() {});
                    }
                }
                default -> time.advance(Duration.ofMillis(1L << random.nextInt(22)));
            }
        }

        private void emit(LegEvent event) {
            // A line reports on a leg that exists, and nothing after the terminal event.
            if ((inbound || leg.used()) && !leg.terminalSeen()) {
                if (event.terminal()) {
                    leg.markTerminal();
                }
                session.legListener().accept(event);
            }
        }

        private <T> T anyOf(T[] values) {
            return values[random.nextInt(values.length)];
        }

        @Override
        public void ringing() {
            throwSometimes();
        }

        @Override
        public void earlyMedia() {
            throwSometimes();
        }

        @Override
        public void answered(Instant at, String codec) {
            answeredTold++;
            throwSometimes();
        }

        @Override
        public void told(ConversationNotice notice) {
            throwSometimes();
        }

        @Override
        public void ended(AttemptResult result) {
            results.add(result);
            throwSometimes();
        }

        private void throwSometimes() {
            if (random.nextInt(40) == 0) {
                throw new IllegalStateException("planted");
            }
        }

        private final class FixedLine extends dev.revox.fake.UnusedLine {
            @Override
            public dev.revox.line.CallLeg dial(dev.revox.line.DialRequest request, Consumer<LegEvent> listener) {
                throwSometimes();
                leg.connect(time, listener);
                return leg;
            }
        }

        private final class FakeAgentThatThrows extends dev.revox.fake.UnusedAgent {
            @Override
            public Conversation open(dev.revox.conversation.ConversationSetup setup, Consumer<AgentSignal> mailbox) {
                throwSometimes();
                agentMailbox = mailbox;
                conversation.opened++;
                if (inbound) {
                    leg.connect(time, session.legListener());
                }
                return conversation;
            }
        }

        private final class RandomConversation implements Conversation {
            private int opened;
            private int closed;
            private int toldAfterClose;

            @Override
            public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
                if (closed > 0) {
                    toldAfterClose++;
                }
                if (random.nextInt(60) == 0) {
                    throw new StackOverflowError("planted");
                }
                List<ConversationCommand> commands = new ArrayList<>();
                int count = random.nextInt(3);
                for (int i = 0; i < count; i++) {
                    commands.add(command(nowNanos));
                }
                return commands;
            }

            private ConversationCommand command(long nowNanos) {
                return switch (random.nextInt(9)) {
                    case 0 -> new ConversationCommand.PausePlayout();
                    case 1 -> new ConversationCommand.FlushPlayout();
                    case 2 -> new ConversationCommand.SendDtmf("1");
                    case 3, 4 ->
                        new ConversationCommand.SetTimer(
                                "t" + random.nextInt(3), nowNanos + random.nextInt(1_000_000_000));
                    case 5 -> new ConversationCommand.CancelTimer("t" + random.nextInt(3));
                    case 6 -> new ConversationCommand.Tell(new ConversationNotice.BargeIn(nowNanos));
                    case 7 ->
                        random.nextInt(3) == 0
                                ? new ConversationCommand.HangUp(EndedBy.AGENT, EndReason.TOOL_END_CALL)
                                : new ConversationCommand.PausePlayout();
                    default -> new ConversationCommand.ResumePlayout();
                };
            }

            @Override
            public boolean awaitsLastWords() {
                throwSometimes();
                return random.nextInt(3) > 0;
            }

            @Override
            public ConversationResult result() {
                throwSometimes();
                return new ConversationResult(AnsweredBy.HUMAN, List.of(), List.of());
            }

            @Override
            public void close() {
                closed++;
                throwSometimes();
            }
        }
    }
}
