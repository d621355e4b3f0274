package dev.revox.agent.realtime.session;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.stream.ProviderException;
import dev.revox.audio.ring.SpeechQueue;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.MediaFormat;
import dev.revox.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where a session's news arrives: sound goes to the mouth's queues on the provider's own thread, one queue for each item; only
 * news of it goes to the mailbox.
 *
 * <p><b>Thread:</b> Thread-safe. The lock is between a provider and the call thread; the media loop never takes it.
 */
final class SessionRelay implements RealtimeModel.Sink {

    /** More sound than this for one response is a provider out of control. */
    private static final long LONGEST_MICROS = 180_000_000;

    private final int session;
    private final String provider;
    private final Consumer<AgentSignal> mailbox;
    private final TimeSource time;
    private final Map<String, SpeechQueue> queues = new HashMap<>();
    private int dropped;
    private int response;
    private long madeMicros;
    private long lastSoundNanos = -1;
    private boolean shut;

    SessionRelay(int session, String provider, Consumer<AgentSignal> mailbox, TimeSource time) {
        this.session = session;
        this.provider = provider;
        this.mailbox = mailbox;
        this.time = time;
    }

    @Override
    public void opened() {
        mailbox.accept(new RealtimeSignal.Opened(session));
    }

    @Override
    public void userSaid(int turn, String text, boolean complete) {
        mailbox.accept(new RealtimeSignal.UserSaid(session, turn, text, complete));
    }

    @Override
    public synchronized void audio(
            int ofResponse, String item, MediaFormat format, short[] pcm, int offset, int samples) {
        if (shut || ofResponse <= dropped || samples <= 0) {
            return;
        }
        if (ofResponse != response) {
            response = ofResponse;
            madeMicros = 0;
        }
        if (madeMicros > LONGEST_MICROS) {
            drop(ofResponse);
            failed(ofResponse, new ProviderException(provider, ProviderException.Kind.PROTOCOL, "sound without end"));
            return;
        }
        madeMicros += format.microsOf(samples);
        lastSoundNanos = time.nanoTime();
        SpeechQueue queue = queues.get(item);
        if (queue == null) {
            queue = new SpeechQueue();
            queues.put(item, queue);
            queue.write(pcm, offset, samples);
            mailbox.accept(new RealtimeSignal.Sound(session, ofResponse, item, format, queue, lastSoundNanos));
        } else {
            queue.write(pcm, offset, samples);
        }
    }

    @Override
    public void text(int ofResponse, String item, String delta) {
        mailbox.accept(new RealtimeSignal.Text(session, ofResponse, item, delta));
    }

    @Override
    public void toolCall(int ofResponse, ToolCall call) {
        mailbox.accept(new RealtimeSignal.Tool(session, ofResponse, call));
    }

    @Override
    public synchronized void done(int ofResponse) {
        finishQueues();
        mailbox.accept(new RealtimeSignal.Done(session, ofResponse));
    }

    @Override
    public synchronized void failed(int ofResponse, ProviderException failure) {
        finishQueues();
        mailbox.accept(new RealtimeSignal.Failed(session, ofResponse, failure));
    }

    @Override
    public synchronized void lost(ProviderException failure) {
        finishQueues();
        mailbox.accept(new RealtimeSignal.Lost(session, failure));
    }

    /** Nothing more of responses up to this one goes to the mouth. */
    synchronized void drop(int upToResponse) {
        dropped = Math.max(dropped, upToResponse);
        finishQueues();
    }

    /** Nothing at all goes to the mouth any more. */
    synchronized void shut() {
        shut = true;
        finishQueues();
    }

    /** When the last sound came, or -1. */
    synchronized long lastSoundNanos() {
        return lastSoundNanos;
    }

    private void finishQueues() {
        queues.values().forEach(SpeechQueue::finish);
        queues.clear();
    }
}
