package dev.revox.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.jitter.EarBuffer.Verdict;
import dev.revox.audio.playout.PersonalEar;
import dev.revox.audio.playout.PlayoutBuffer;
import dev.revox.media.EarFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R05: a person's ear behind the machine's, over ten minutes of each bad network and an hour of drift. */
class PlayoutOnBadNetworksTest {

    private static final long MS = 1_000_000L;
    private static final int FRAME = 160;
    private static final int TEN_MINUTES = 30_000;
    private static final int AN_HOUR = 180_000;
    private static final int READ_PHASE_MS = 7;
    private static final long SEED = 20_261_128;

    /** The person, and what is to be known of their sound. */
    private static final class Person {
        final EarBuffer ear = new EarBuffer(8000);
        final PlayoutBuffer playout = new PlayoutBuffer(8000);
        final short[] voice = voice();
        final short[] out = new short[FRAME];
        long farthestNanos;
        long closestCorrectionsMs = Long.MAX_VALUE;
        long lastCorrectionMs = -10_000;
        long reads;

        /** Speech of a second and a half, as much of faint noise. */
        private static short[] voice() {
            short[] pcm = new short[24_000];
            for (int i = 0; i < pcm.length; i++) {
                double phase = 2 * Math.PI * 125 * i / 8000;
                pcm[i] = (short) (i < 12_000 ? 4000 * (Math.sin(phase) + Math.sin(2 * phase) / 2) : i % 7 * 3 - 9);
            }
            return pcm;
        }

        void hear(List<Datagram> arriving) {
            int next = 0;
            long endMs = arriving.getLast().arrivalNanos() / MS;
            for (long nowMs = 0; nowMs <= endMs; nowMs++) {
                while (next < arriving.size() && arriving.get(next).arrivalNanos() <= nowMs * MS) {
                    offer(arriving.get(next++));
                }
                take(nowMs * MS);
                if (nowMs % 20 == READ_PHASE_MS) {
                    read(nowMs);
                }
            }
        }

        private void offer(Datagram packet) {
            ear.offer(
                    packet.bytes(),
                    RtpStream.HEADER,
                    FRAME,
                    0,
                    RtpStream.sequence(packet),
                    RtpStream.timestamp(packet),
                    FRAME,
                    packet.arrivalNanos());
        }

        private void take(long now) {
            for (Verdict verdict = ear.poll(now); verdict != Verdict.NOTHING; verdict = ear.poll(now)) {
                int place = (int) (ear.mediaTicks() % voice.length);
                if (verdict == Verdict.PACKET) {
                    int flags = ear.gapTicks() > 0 ? EarFrame.GAP : 0;
                    playout.write(voice, place, FRAME, ear.mediaTicks(), flags, now);
                } else {
                    playout.write(voice, place, ear.holeTicks(), ear.mediaTicks(), EarFrame.CONCEALED, now);
                }
            }
        }

        private void read(long nowMs) {
            long before = playout.corrections();
            playout.read(out, 0, FRAME, nowMs * MS);
            reads++;
            if (nowMs < 10_000 || !playout.running()) {
                return;
            }
            farthestNanos = Math.max(farthestNanos, Math.abs(playout.heldNanos() - playout.targetNanos()));
            if (playout.corrections() > before) {
                closestCorrectionsMs = Math.min(closestCorrectionsMs, nowMs - lastCorrectionMs);
                lastCorrectionMs = nowMs;
            }
        }
    }

    /** Its own order, hurried by the pace; 80 ms is what the design asks for, 79.9 what this line allows on a grid of 20 ms. */
    @Test
    void r05_with_5_percent_loss_and_jitter_of_sigma_20_ms_a_person_hears_at_p95_less_than_95_ms_late() {
        NetworkProfile line = NetworkProfile.named("hard")
                .withLoss(new Loss.Independent(0.05))
                .withDelay(new Delay.Normal(20))
                .withDuplicates(0.01)
                .withReordering(0.01, 60);
        List<Datagram> arriving = BadNetwork.carry(line, SEED, RtpStream.ofPackets(TEN_MINUTES));
        long[] arrivals = new long[TEN_MINUTES];
        Arrays.fill(arrivals, Long.MAX_VALUE);
        List<Long> delays = new ArrayList<>();
        int lost = TEN_MINUTES;
        try (PersonalEar ear = new PersonalEar(Codecs.decoder("PCMU"))) {
            short[] out = new short[FRAME];
            int next = 0;
            for (long now = 0; now < 20L * TEN_MINUTES; now++) {
                while (next < arriving.size() && arriving.get(next).arrivalNanos() <= now * MS) {
                    Datagram packet = arriving.get(next++);
                    long sent = packet.sentNanos() / (20 * MS);
                    lost -= arrivals[(int) sent] == Long.MAX_VALUE ? 1 : 0;
                    arrivals[(int) sent] = Math.min(arrivals[(int) sent], packet.arrivalNanos());
                    ear.offer(
                            packet.bytes(),
                            RtpStream.HEADER,
                            FRAME,
                            RtpStream.sequence(packet),
                            RtpStream.timestamp(packet),
                            packet.arrivalNanos());
                }
                if (now % 20 == READ_PHASE_MS) {
                    long number = Math.ceilDiv(ear.playout().nextSampleTime(), (long) FRAME);
                    boolean ran = ear.playout().running();
                    ear.read(out, 0, FRAME, now * MS);
                    if (ran && number >= 0 && number < TEN_MINUTES && arrivals[(int) number] <= now * MS) {
                        delays.add(now * MS - arrivals[(int) number]);
                    }
                }
            }
            Collections.sort(delays);
            double p95 = delays.get(delays.size() * 95 / 100) / 1e6;
            double madeUp = 100.0 * ear.playout().madeUpSamples() / FRAME / TEN_MINUTES;
            double lostPercent = 100.0 * lost / TEN_MINUTES;
            System.out.printf(
                    "R05: p95 %.1f ms, made up %.2f %%, lost %.2f %%, seed %d%n", p95, madeUp, lostPercent, SEED);
            assertThat(delays).hasSizeGreaterThan(TEN_MINUTES * 9 / 10);
            assertThat(p95).isLessThan(95);
            // 3 % of what came may be too late.
            assertThat(madeUp).isLessThan(lostPercent + 3);
            assertThat(ear.playout().droppedSamples()).isZero();
        }
    }

    static Stream<NetworkProfile> lines() {
        return NetworkProfile.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void r05_over_ten_minutes_little_more_is_made_up_than_was_lost_and_nothing_is_dropped(NetworkProfile profile) {
        List<Datagram> arriving = BadNetwork.carry(profile, SEED, RtpStream.ofPackets(TEN_MINUTES));
        Person person = new Person();
        person.hear(arriving);
        double lost = 100.0 * (TEN_MINUTES - arriving.size()) / TEN_MINUTES;
        double madeUp = 100.0 * person.playout.madeUpSamples() / FRAME / TEN_MINUTES;
        System.out.printf("Playout, %s: made up %.2f %%, lost %.2f %%, seed %d%n", profile.name(), madeUp, lost, SEED);
        assertThat(person.reads).isBetween(TEN_MINUTES - 1L, TEN_MINUTES + 10L);
        assertThat(person.playout.droppedSamples()).isZero();
        assertThat(madeUp).isLessThanOrEqualTo(lost + (profile.stallMs() > 0 ? 2.0 : 0.3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200})
    void r05_clocks_that_drift_for_an_hour_keep_the_depth_within_a_frame_with_few_corrections(double ppm) {
        NetworkProfile profile = NetworkProfile.named("drift").withDrift(ppm);
        Person person = new Person();
        person.hear(BadNetwork.carry(profile, SEED, RtpStream.ofPackets(AN_HOUR)));
        System.out.printf(
                "Playout, drift %.0f ppm: at most %.1f ms from the target, %d corrections, at least %d ms apart%n",
                ppm, person.farthestNanos / 1e6, person.playout.corrections(), person.closestCorrectionsMs);
        assertThat(person.farthestNanos).isLessThanOrEqualTo(20 * MS);
        assertThat(person.closestCorrectionsMs).isGreaterThanOrEqualTo(5000);
    }
}
