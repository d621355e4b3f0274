package dev.revox.testkit.model;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.time.ManualTime;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The world around one conversation under the checker.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
final class ModelWorld {

    private static final int MOST_STEPS_TO_THE_END = 5000;
    private static final Duration LONGEST_LAST_WORDS = Duration.ofSeconds(5);

    private final SplittableRandom random;
    private final ManualTime time;
    private final List<OpenWork> open;
    private final LooseLeg leg = new LooseLeg(event -> post(new ConversationEvent.FromLeg(event)));
    private final Deque<ConversationEvent> mailbox = new ArrayDeque<>();
    private final Map<String, Long> timers = new HashMap<>();
    private @Nullable Conversation conversation;
    private boolean connected;
    private boolean gone;
    private long goneNanos;
    private boolean over;
    private int hangUps;
    private @Nullable String broken;

    ModelWorld(SplittableRandom random, ManualTime time, List<OpenWork> open) {
        this.random = random;
        this.time = time;
        this.open = open;
    }

    Optional<String> run(Function<Consumer<AgentSignal>, Conversation> opening) {
        Conversation hosted = opening.apply(signal -> post(new ConversationEvent.FromAgent(signal)));
        conversation = hosted;
        if (random.nextInt(4) > 0) {
            step(new ConversationEvent.Dialling());
        }
        int steps = random.nextInt(20, 160);
        for (int i = 0; i < steps && !over; i++) {
            happen();
        }
        allStall();
        if (!over) {
            breaks("the call never ends");
        } else {
            afterwards(hosted);
        }
        return Optional.ofNullable(broken);
    }

    private void happen() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> deliver();
            case 4, 5, 6, 7 -> provider();
            case 8, 9 -> pass();
            case 10, 11 -> {
                if (connected) {
                    leg.play(random.nextInt(1, 30), now());
                } else {
                    connect();
                }
            }
            case 12, 13 -> leg.callerActs(random, now());
            case 14 -> {
                if (random.nextInt(4) == 0) {
                    post(new ConversationEvent.FromLeg(LooseLeg.signal(random, now())));
                }
            }
            default -> seldom();
        }
    }

    private void seldom() {
        switch (random.nextInt(30)) {
            case 0 -> legEnds(LooseLeg.ended(random, now()));
            case 1 -> post(new ConversationEvent.Stop(EndedBy.SYSTEM, EndReason.SHUTDOWN));
            case 2 -> {
                if (!connected) {
                    post(new ConversationEvent.FromLeg(new LegEvent.Ringing(now(), 180)));
                }
            }
            default -> {}
        }
    }

    private void connect() {
        connected = true;
        post(new ConversationEvent.Connected(new LegEvent.Answered(now(), "PCMU", 8000), leg));
    }

    private void provider() {
        if (!open.isEmpty()) {
            OpenWork work = open.get(random.nextInt(open.size()));
            // What was cancelled may have a last word on its way: one chunk that had left before.
            if (!work.over() || random.nextInt(20) == 0) {
                work.act(random);
            }
        }
    }

    private void pass() {
        time.advance(Duration.ofMillis(random.nextInt(5, 900)));
        fireDue();
    }

    private void fireDue() {
        for (Optional<String> due = earliest(); due.isPresent() && !over; due = earliest()) {
            if (timers.getOrDefault(due.get(), 0L) > now()) {
                return;
            }
            timers.remove(due.get());
            step(new ConversationEvent.TimerFired(due.get()));
        }
    }

    private Optional<String> earliest() {
        return timers.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private void deliver() {
        ConversationEvent event = mailbox.poll();
        if (event != null) {
            step(event);
        }
    }

    /** Nobody does anything any more; the call's own deadlines must end it. */
    private void allStall() {
        if (!connected && !over) {
            connect();
        }
        for (int i = 0; i < MOST_STEPS_TO_THE_END && !over; i++) {
            if (!mailbox.isEmpty()) {
                deliver();
            } else if (!leg.play(10, now())) {
                Optional<String> next = earliest();
                if (next.isEmpty()) {
                    return;
                }
                long wait = timers.getOrDefault(next.get(), 0L) - now();
                time.advance(Duration.ofNanos(Math.max(0, wait)));
                fireDue();
            }
        }
    }

    private void afterwards(Conversation hosted) {
        for (OpenWork work : open) {
            if (!work.over()) {
                breaks(work.getClass().getSimpleName() + " is left open");
            }
        }
        if (!timers.isEmpty()) {
            breaks("timers left armed: " + timers.keySet());
        }
        if (connected && !leg.earClosed()) {
            breaks("the ear is left open");
        }
        if (!leg.sounded()
                && hosted.result().transcript().stream().anyMatch(TranscriptItem.Assistant.class::isInstance)) {
            breaks("words in the transcript that nobody can have heard");
        }
        for (ConversationEvent late : mailbox) {
            if (!hosted.on(late, now()).isEmpty()) {
                breaks("an effect after the end");
            }
        }
    }

    private void legEnds(LegEvent end) {
        leg.flush(now());
        while (!mailbox.isEmpty() && !over) {
            deliver();
        }
        if (!gone) {
            step(new ConversationEvent.FromLeg(end));
        }
    }

    private void post(ConversationEvent event) {
        mailbox.add(event);
    }

    private void step(ConversationEvent event) {
        Conversation hosted = conversation;
        if (over || hosted == null) {
            return;
        }
        boolean wasGone = gone;
        if (!gone
                && event instanceof ConversationEvent.FromLeg fromLeg
                && fromLeg.event().terminal()) {
            gone = true;
            goneNanos = now();
        }
        boolean hangsUp = false;
        for (ConversationCommand command : hosted.on(event, now())) {
            hangsUp |= command instanceof ConversationCommand.HangUp;
            if (wasGone && !quiet(command)) {
                breaks("after the end of the leg it still wants "
                        + command.getClass().getSimpleName());
            }
            carryOut(command);
        }
        if (gone) {
            over = !hosted.awaitsLastWords();
            if (over) {
                hosted.close();
            } else if (now() - goneNanos > LONGEST_LAST_WORDS.toNanos()) {
                breaks("it waits too long for the last words");
            }
        } else if (hangsUp) {
            legEnds(new LegEvent.Ended(now(), LegEnd.LOCAL_HANGUP, Optional.empty()));
        }
    }

    /** What a conversation may do while it waits for the last words. */
    private static boolean quiet(ConversationCommand command) {
        return command instanceof ConversationCommand.SetTimer
                || command instanceof ConversationCommand.CancelTimer
                || command instanceof ConversationCommand.Tell;
    }

    private void carryOut(ConversationCommand command) {
        switch (command) {
            case ConversationCommand.Say say -> leg.say(say);
            case ConversationCommand.PausePlayout pause -> leg.pause(now());
            case ConversationCommand.ResumePlayout resume -> leg.resume();
            case ConversationCommand.FlushPlayout flush -> leg.flush(now());
            case ConversationCommand.SetTimer timer -> timers.put(timer.timer(), timer.dueNanos());
            case ConversationCommand.CancelTimer timer -> timers.remove(timer.timer());
            case ConversationCommand.HangUp hangUp -> {
                if (++hangUps > 1) {
                    breaks("hung up twice");
                }
            }
            case ConversationCommand.SendDtmf keys -> {}
            case ConversationCommand.PlayThinkingSound play -> {}
            case ConversationCommand.EndThinkingSound end -> {}
            case ConversationCommand.Tell tell -> {}
        }
    }

    private void breaks(String what) {
        if (broken == null) {
            broken = what;
        }
    }

    private long now() {
        return time.nanoTime();
    }
}
