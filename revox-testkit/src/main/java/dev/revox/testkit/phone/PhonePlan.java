package dev.revox.testkit.phone;

import dev.revox.testkit.network.NetworkProfile;
import dev.revox.testkit.phone.rtp.EchoPlan;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How a telephone will behave; the last call of the chain switches it on.
 *
 * <p><b>Thread:</b> Confined to the thread that builds it.
 */
public final class PhonePlan {

    private final int port;
    private Duration ringing = Duration.ZERO;
    private List<String> codecs = List.of("PCMU", "PCMA");
    private ClipVoice voice = ClipVoice.of(ClipSet.caller());
    private IntPredicate lost = packet -> false;
    private Optional<NetworkProfile> network = Optional.empty();
    private Optional<EchoPlan> echo = Optional.empty();

    PhonePlan(int port) {
        this.port = port;
    }

    /** Sends 180 and answers after that time. */
    public PhonePlan ringFor(Duration length) {
        ringing = length;
        return this;
    }

    /** Of PCMU, PCMA and G722; any other offer, and every offer when there is none here, is refused with 488. */
    public PhonePlan codecs(String... names) {
        codecs = List.of(names);
        return this;
    }

    public PhonePlan voice(ClipVoice speaker) {
        voice = speaker;
        return this;
    }

    /** Loses the packets, counted from 0 at the start of RTP, from the first to the last number. */
    public PhonePlan losingPackets(int first, int last) {
        IntPredicate before = lost;
        lost = packet -> before.test(packet) || (packet >= first && packet <= last);
        return this;
    }

    /** Loses every packet whose number is a multiple of {@code nth}. */
    public PhonePlan losingEvery(int nth) {
        IntPredicate before = lost;
        lost = packet -> before.test(packet) || packet % nth == nth - 1;
        return this;
    }

    /** Puts a bad network between the telephone and its callers: RTP goes through it both ways, SIP does not. Its strangers spray the callers. */
    public PhonePlan network(NetworkProfile profile) {
        network = Optional.of(profile);
        return this;
    }

    /** Sends back what it hears, so much weaker and later: the person's handset, or the network, has an echo. */
    public PhonePlan echoing(double returnLossDb, Duration delay) {
        echo = Optional.of(new EchoPlan(returnLossDb, delay));
        return this;
    }

    /** Answers each call, and follows the script in it. After the last step it stays on the line. */
    public TestPhone script(Step... steps) {
        return start(new Habit.Answers(ringing, List.of(steps)));
    }

    /** Refuses each call, after ringing if that was asked for. */
    public TestPhone refuse(int status) {
        return start(new Habit.Refuses(ringing, status));
    }

    /** Rings until the caller gives up. */
    public TestPhone neverAnswer() {
        return start(new Habit.RingsForEver());
    }

    private TestPhone start(Habit habit) {
        return TestPhone.start(port, new Settings(habit, codecs, voice, lost, network, echo));
    }

    /** What a telephone does when it is called. */
    sealed interface Habit {
        record Answers(Duration ringing, List<Step> script) implements Habit {}

        record Refuses(Duration ringing, int status) implements Habit {}

        record RingsForEver() implements Habit {}
    }

    record Settings(
            Habit habit,
            List<String> codecs,
            ClipVoice voice,
            IntPredicate lost,
            Optional<NetworkProfile> network,
            Optional<EchoPlan> echo) {}
}
