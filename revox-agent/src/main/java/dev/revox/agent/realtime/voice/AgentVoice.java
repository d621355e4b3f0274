package dev.revox.agent.realtime.voice;

import dev.revox.agent.speech.HeardLedger;
import dev.revox.agent.step.Outbox;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.conversation.ConversationCommand;
import dev.revox.media.MediaFormat;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the model says, on its way to the mouth, and what was heard of it.
 *
 * <p>The words of an item come apart from its sound, so what was heard is the share of the words that the share of the sound
 * stands for, cut at a whole word.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class AgentVoice {

    /** Its timer for a mouth that says nothing. */
    public static final String TIMER = "realtime-playout";

    private static final long SILENT_MOUTH_NANOS = Duration.ofSeconds(10).toNanos();

    /** Who follows what becomes of it. */
    public interface Progress {

        void started(Item item, long atNanos);

        /** It was thrown away after so much. */
        void cutShort(Item item, long playedMicros);

        void ended(Item item);
    }

    private final Outbox outbox;
    private final Progress progress;
    private final HeardLedger ledger = new HeardLedger();
    private final List<Item> items = new ArrayList<>();
    private long lastSegmentId;

    public AgentVoice(Outbox outbox, Progress progress) {
        this.outbox = outbox;
        this.progress = progress;
    }

    /** Begins an item of a response. */
    public Item begin(int response, String id, Purpose purpose) {
        Item fresh = new Item(++lastSegmentId, response, id, purpose, ledger);
        items.add(fresh);
        return fresh;
    }

    public Optional<Item> find(int response, String id) {
        return items.stream()
                .filter(item -> item.response == response && item.id.equals(id))
                .findFirst();
    }

    /** Its sound comes through this queue. */
    public void sound(Item item, MediaFormat format, SpeechQueue queue, boolean held, long nowNanos) {
        item.queue = queue;
        item.format = format;
        item.held = held;
        say(item, nowNanos);
    }

    /** Lets what is held be heard. */
    public void release(long nowNanos) {
        for (Item item : items) {
            item.held = false;
            say(item, nowNanos);
        }
    }

    private void say(Item item, long nowNanos) {
        if (item.held || item.said || item.cut || item.queue == null || item.format == null) {
            return;
        }
        item.said = true;
        outbox.add(new ConversationCommand.Say(
                new Segment(item.segmentId, Optional.of(item.id)), item.format, item.queue));
        watch(nowNanos);
    }

    /** All sound of a response is there. */
    public void made(int response) {
        for (Item item : items) {
            if (item.response == response) {
                item.made();
                item.ended |= item.queue == null;
            }
        }
    }

    /** Nothing more comes of a response, and what came may lack its end. */
    public void broken(int response) {
        for (Item item : items) {
            if (item.response == response) {
                item.broken = true;
                item.ended |= !item.said;
            }
        }
    }

    /** Throws away everything but what is held. */
    public void cut() {
        outbox.add(new ConversationCommand.FlushPlayout());
        for (Item item : List.copyOf(items)) {
            if (!item.held && !item.ended) {
                item.cut = true;
                if (!item.said) {
                    item.ended = true;
                    progress.cutShort(item, 0);
                }
            }
        }
    }

    public void on(PlayoutEvent event, long nowNanos) {
        Item item = items.stream()
                .filter(one -> one.segmentId == event.segmentId())
                .findFirst()
                .orElse(null);
        if (item == null) {
            return;
        }
        switch (event) {
            case PlayoutEvent.Started started -> {
                item.started = true;
                progress.started(item, started.atNanos());
            }
            case PlayoutEvent.Progress played -> ledger.played(item.segmentId, played.playedMicros());
            case PlayoutEvent.Finished finished -> {
                ledger.played(item.segmentId, finished.playedMicros());
                if (!item.broken) {
                    ledger.finished(item.segmentId);
                }
                end(item);
            }
            case PlayoutEvent.Flushed flushed -> {
                ledger.played(item.segmentId, flushed.playedMicros());
                if (!item.ended) {
                    item.cut = true;
                    progress.cutShort(item, flushed.playedMicros());
                }
                end(item);
            }
        }
        outbox.disarm(TIMER);
        watch(nowNanos);
    }

    private void end(Item item) {
        if (!item.ended) {
            item.ended = true;
            progress.ended(item);
        }
    }

    public void onTimer() {
        items.stream().filter(item -> item.said).forEach(this::end);
    }

    private void watch(long nowNanos) {
        if (unsettled() && !outbox.isArmed(TIMER)) {
            outbox.arm(TIMER, nowNanos + SILENT_MOUTH_NANOS);
        }
    }

    /** Something is being said, or waits to be. */
    public boolean busy() {
        return items.stream().anyMatch(item -> item.said && !item.ended && !item.cut);
    }

    /** Something is in the mouth, or thrown away and not yet accounted for. */
    public boolean unsettled() {
        return items.stream().anyMatch(item -> item.said && !item.ended);
    }

    public boolean saying(Purpose purpose) {
        return items.stream().anyMatch(item -> item.purpose == purpose && item.said && !item.ended && !item.cut);
    }

    /** Sound that has come and was not played. */
    public long unplayedMicros() {
        return items.stream()
                .filter(item -> !item.ended && !item.cut)
                .mapToLong(Item::unplayedMicros)
                .sum();
    }

    public Duration estimate(String text) {
        return Duration.ofNanos(ledger.estimateMicros(text) * 1000);
    }
}
