package dev.revox.bench;

import dev.revox.bench.calls.MediaHarness;
import dev.revox.bench.calls.WholeHarness;
import dev.revox.bench.churn.ChurnHarness;
import dev.revox.bench.clauses.ClauseHarness;
import dev.revox.bench.ear.EarHarness;
import dev.revox.bench.flood.FloodHarness;
import dev.revox.bench.jmh.JmhHarness;
import dev.revox.bench.kill.KillHarness;
import dev.revox.bench.latency.LatencyHarness;
import dev.revox.bench.model.ModelHarness;
import dev.revox.bench.opus.OpusHarness;
import dev.revox.bench.overlap.OverlapHarness;
import dev.revox.bench.pace.PaceHarness;
import dev.revox.bench.packets.PacketHarness;
import dev.revox.bench.ping.PingHarness;
import dev.revox.bench.place.PlaceHarness;
import dev.revox.bench.rate.RateHarness;
import dev.revox.bench.sim.SimHarness;
import dev.revox.bench.start.StartHarness;
import dev.revox.bench.store.StoreHarness;
import dev.revox.bench.tokens.TokenHarness;
import dev.revox.bench.turns.TurnHarness;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The entry to all measurements, one sub command each; {@code help} lists them.
 *
 * <p>Run it with {@code REVOX_MODELS=... REVOX_TESTDATA=... mvn -q -pl benchmarks -am compile exec:exec -Dbench.args="calls 100
 * 60"}. {@code REVOX_MODELS} names the folder with the Silero model, {@code REVOX_TESTDATA} the one that holds {@code
 * audio/speech-8k.wav} and {@code audio/speech-16k.wav}; without them the energy detector and bursts of noise stand in, and
 * the output says so.
 */
public final class Benchmarks {

    private static final String HELP = """
            Usage: mvn -q -pl benchmarks -am compile exec:exec -Dbench.args="<command>"

              calls [calls] [seconds] [pause]  whole calls of an engine at once in one JVM (100 calls, 60 s), people pausing so
                                        many seconds after 10 s of speech (0: never)
              ping [calls] [seconds]    whole calls, and how soon OPTIONS of their trunk are answered (100 calls, 60 s)
              flood [calls] [seconds]   whole calls beside 20 000 malformed SIP messages per second (50 calls, 60 s)
              churn [calls] [at once]   SIP calls one after the other (10000), then at once (200): what is left of them
              media [legs] [seconds]    media sessions without calls around them (100 legs, 60 s)
              ear [minutes] [seed]      the ear and the playout buffer on six bad networks, in virtual time (10 minutes)
              jmh [regex]               JMH with the gc profiler over the benchmarks that match (all)
              opus                      an Opus frame beside libopus (opusenc and opusdec)
              pace [seconds]            lateness of frames beside other ways to wait, 5 times so many seconds each (2)
              packets [streams]         CPU per packet of the media sockets beside a C echo and rtpengine (500 streams)
              rate answer [per second]  CPU per SIP call beside kamailio, sipp and bare JAIN-SIP (500); "rate place": calls of our own
              rate peak                 most SIP calls per second, and INVITE to 180 at half of it; "rate heap": memory of live calls
              latency [turns] [seed]    whole calls over SIP: how soon a turn is answered and a barge-in obeyed (100)
              turns [seed] [rounds]     end of a caller's turn to the answer, against false cuts, beside LiveKit Agents JS
              overlap [seed]            sounds over the agent's answer: time to silence, false flushes, beside LiveKit Agents JS
              clauses                   tokens before a voice gets its first text, and wrong cuts, beside LiveKit Agents JS
              tokens [turns]            from a model's token to the voice, beside openai-java's own stream (500)
              start [starts]            a fresh JVM: from build() to the first INVITE (11)
              place memory              orders accepted into memory per second
              place invite [orders]     from place to the INVITE on the wire, on each store (1000)
              store place               placing an order on PostgreSQL against plain inserts of the same rows
              store claim [orders]      orders due at once, picked up by one node (100000)
              store future [orders]     pick-up beside so many orders of the future (1000000)
              kill postgres [kills] [seed]  engines killed at random on PostgreSQL, two at once: lost and duplicate calls (200)
              kill h2 [kills] [seed]    the same with an embedded database, one at a time (50)
              kill recover [orders]     orders in a call when their engine was killed: time until all go on (10000)
              model [runs] [first seed] everything that can happen in a conversation, in random order (100000 from 1)
              sim [seeds] [first seed]  simulated days of 500 orders on three failing nodes (200 from 1), and 3 of 10 000
              sim-jdbc [seeds] [first]  the same of 1000 orders on a database that fails (3 from 1)

            REVOX_MODELS    folder with silero_vad.onnx; without it the energy detector judges speech
            REVOX_PEERS     folder where LiveKit Agents JS is installed, for turns, overlap and clauses
            REVOX_TESTDATA  folder with audio/speech-8k.wav and audio/speech-16k.wav; without it noise is spoken
            """;

    private static final int DEFAULT_CALLS = 100;
    private static final int DEFAULT_SECONDS = 60;
    private static final int FLOOD_CALLS = 50;
    private static final int DEFAULT_SEEDS = 200;
    private static final int DEFAULT_JDBC_SEEDS = 3;
    private static final int DEFAULT_INTERLEAVINGS = 100_000;
    private static final int DEFAULT_STARTS = 11;
    private static final int DEFAULT_STREAMS = 500;
    private static final int DEFAULT_TURNS = 500;
    private static final int DEFAULT_RATE = 500;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        List<String> given = List.of(args);
        switch (given.isEmpty() ? "calls" : given.getFirst()) {
            case "calls" -> WholeHarness.run(number(given, 1, DEFAULT_CALLS), seconds(given), number(given, 3, 0), out);
            case "ping" -> System.exit(PingHarness.run(number(given, 1, DEFAULT_CALLS), seconds(given), out) ? 0 : 1);
            case "flood" -> System.exit(FloodHarness.run(number(given, 1, FLOOD_CALLS), seconds(given), out) ? 0 : 1);
            case "churn" -> ChurnHarness.run(number(given, 1, 10_000), number(given, 2, 200), out);
            case "media" -> MediaHarness.run(number(given, 1, DEFAULT_CALLS), seconds(given), out);
            case "store" -> store(given, out);
            case "place" -> PlaceHarness.run(given.size() > 1 ? given.get(1) : "memory", number(given, 2, 1000), out);
            case "opus" -> OpusHarness.run(out);
            case "pace" -> PaceHarness.run(number(given, 1, 2), out);
            case "packets" -> PacketHarness.run(number(given, 1, DEFAULT_STREAMS), out);
            case "start" -> StartHarness.run(number(given, 1, DEFAULT_STARTS), out);
            case "model" -> {
                int broken = ModelHarness.run(number(given, 1, DEFAULT_INTERLEAVINGS), number(given, 2, 1), out);
                System.exit(broken == 0 ? 0 : 1);
            }
            case "sim" -> {
                int broken = SimHarness.run(number(given, 2, 1), number(given, 1, DEFAULT_SEEDS), out);
                System.exit(broken == 0 ? 0 : 1);
            }
            case "sim-jdbc" -> {
                int broken = SimHarness.runOnJdbc(number(given, 2, 1), number(given, 1, DEFAULT_JDBC_SEEDS), out);
                System.exit(broken == 0 ? 0 : 1);
            }
            case "kill" -> System.exit(kill(given, out) ? 0 : 1);
            case "ear" -> EarHarness.run(number(given, 1, 10), number(given, 2, 1), out);
            case "rate" ->
                RateHarness.run(given.size() > 1 ? given.get(1) : "answer", number(given, 2, DEFAULT_RATE), out);
            case "latency" -> LatencyHarness.run(number(given, 1, 100), number(given, 2, 1), out);
            case "turns" -> turns(number(given, 1, 1), number(given, 2, 1), out);
            case "overlap" -> OverlapHarness.run(number(given, 1, 1), peers(), out);
            case "tokens" -> TokenHarness.run(number(given, 1, DEFAULT_TURNS), out);
            case "clauses" -> ClauseHarness.run(peers(), out);
            case "jmh" -> JmhHarness.run(given.size() > 1 ? given.get(1) : ".*");
            default -> out.print(HELP);
        }
    }

    private static void turns(int seed, int rounds, PrintStream out) throws IOException, InterruptedException {
        if (rounds > 1 && peers().isPresent()) {
            TurnHarness.rounds(seed, rounds, peers().get(), out);
        } else {
            TurnHarness.run(seed, peers(), out);
        }
    }

    private static boolean kill(List<String> given, PrintStream out) throws InterruptedException {
        String what = given.size() > 1 ? given.get(1) : "postgres";
        int otherwise = switch (what) {
            case "recover" -> 10_000;
            case "h2" -> 50;
            default -> 200;
        };
        return KillHarness.run(what, number(given, 2, otherwise), number(given, 3, 1), out);
    }

    private static void store(List<String> given, PrintStream out) throws InterruptedException {
        String what = given.size() > 1 ? given.get(1) : "place";
        StoreHarness.run(what, number(given, 2, what.equals("future") ? 1_000_000 : 100_000), out);
    }

    private static Optional<Path> peers() {
        return Optional.ofNullable(System.getenv("REVOX_PEERS")).map(Path::of);
    }

    private static Duration seconds(List<String> given) {
        return Duration.ofSeconds(number(given, 2, DEFAULT_SECONDS));
    }

    private static int number(List<String> given, int place, int otherwise) {
        return given.size() > place ? Integer.parseInt(given.get(place)) : otherwise;
    }
}
