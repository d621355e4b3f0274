package dev.revox.audio.turn;

import dev.revox.audio.turn.EndOfTurnModel.Question;
import dev.revox.audio.turn.EndOfTurnModel.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Questions that wait for a thread of the inference pool. The newest is answered first, since it has the most time left; where
 * there are too many, the oldest gets no opinion.
 *
 * <p><b>Thread:</b> Thread-safe. The lock is held for a few instructions.
 */
final class QuestionQueue {

    /** One question. <b>Thread:</b> Thread-safe. */
    static final class Asked implements Question {

        private final short[] sound;
        private final int sampleRateHz;
        private final Verdict verdict;
        private volatile boolean withdrawn;

        private Asked(short[] sound, int sampleRateHz, Verdict verdict) {
            this.sound = sound;
            this.sampleRateHz = sampleRateHz;
            this.verdict = verdict;
        }

        short[] sound() {
            return sound;
        }

        int sampleRateHz() {
            return sampleRateHz;
        }

        boolean withdrawn() {
            return withdrawn;
        }

        @Override
        public void withdraw() {
            withdrawn = true;
        }

        void judged(float probability) {
            if (!withdrawn) {
                verdict.judged(probability);
            }
        }

        void failed(String why) {
            if (!withdrawn) {
                verdict.failed(why);
            }
        }
    }

    private final int most;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean closed;

    QuestionQueue(int most) {
        this.most = most;
    }

    Question ask(short[] sound, int sampleRateHz, Verdict verdict) {
        Asked asked = new Asked(sound, sampleRateHz, verdict);
        Optional<String> refusal;
        List<Asked> dropped = new ArrayList<>();
        lock.lock();
        try {
            refusal = closed ? Optional.of("the model is closed") : Optional.empty();
            if (refusal.isEmpty()) {
                waiting.removeIf(Asked::withdrawn);
                waiting.addFirst(asked);
                while (waiting.size() > most) {
                    dropped.add(waiting.removeLast());
                }
                news.signal();
            }
        } finally {
            lock.unlock();
        }
        // Told without the lock, since nobody knows what the asker does.
        refusal.ifPresent(asked::failed);
        dropped.forEach(one -> one.failed("too many questions at once"));
        return asked;
    }

    /** Waits for a question. Empty once the queue is closed. */
    Optional<Asked> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    return Optional.empty();
                }
                Asked next = waiting.pollFirst();
                if (next == null) {
                    news.await();
                } else if (!next.withdrawn()) {
                    return Optional.of(next);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
