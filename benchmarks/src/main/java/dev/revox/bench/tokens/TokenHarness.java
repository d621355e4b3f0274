package dev.revox.bench.tokens;

import com.sun.management.ThreadMXBean;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.stream.ProviderException;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.ChatCompletionsServer;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.time.SystemTime;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The command {@code tokens}: what is added between the token that completes the first clause, as openai-java's stream gives it, and
 * the voice that gets the clause; and what a streamed answer allocates.
 */
public final class TokenHarness {

    private static final String ANSWER =
            "Sure, I can help you with that right away, and there is more to tell about it.";
    private static final int WARM_UP = 3_000;
    private static final Secret KEY = Secret.of("sk-local-bench");

    private TokenHarness() {}

    /** Prints the table. */
    public static void run(int turns, PrintStream out) throws InterruptedException {
        try (SystemTime time = SystemTime.start();
                ChatCompletionsServer server = ChatCompletionsServer.builder()
                        .time(time)
                        .key(KEY)
                        .script(request -> ChatScript.Answer.text(ANSWER))
                        .firstToken(Duration.ofMillis(5))
                        .tokenPace(Duration.ofMillis(2))
                        .start();
                OpenAiChatModel model = OpenAiChatModel.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(KEY)
                        .model("gpt-4.1")
                        .time(time)
                        .build()) {
            double[] addedMicros = new double[turns];
            for (int i = -WARM_UP; i < turns; i++) {
                StampedModel stamped = new StampedModel(model, time);
                long voiceNanos = new OneTurn(time, stamped).run();
                if (i >= 0) {
                    addedMicros[i] = (voiceNanos - stamped.lastTextNanos()) / 1000.0;
                }
            }
            Arrays.sort(addedMicros);
            out.printf(
                    Locale.ROOT,
                    "%d turns, from the token that completes the first clause to the voice that has the clause:%n%n",
                    turns);
            out.println("| p50 µs | p90 µs | p99 µs | max µs | goal µs |");
            out.println("|---|---|---|---|---|");
            out.printf(
                    Locale.ROOT,
                    "| **%.0f** | %.0f | **%.0f** | %.0f | 200 |%n%n",
                    at(addedMicros, 0.5),
                    at(addedMicros, 0.9),
                    at(addedMicros, 0.99),
                    addedMicros[turns - 1]);
            allocation(model, turns, out);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    /** Bytes of all threads of this JVM, so those of the local server are among them. */
    private static void allocation(LanguageModel model, int answers, PrintStream out) throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int pieces = 0;
        long before = threads.getTotalThreadAllocatedBytes();
        for (int i = 0; i < answers; i++) {
            pieces += pieces(model);
        }
        long bytes = threads.getTotalThreadAllocatedBytes() - before;
        out.printf(
                Locale.ROOT,
                "Allocated for a streamed answer, the request and the local server's side included: %d B for each of its %d pieces."
                        + " Platform threads only.%n",
                bytes / Math.max(1, pieces),
                pieces / answers);
    }

    private static int pieces(LanguageModel model) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        int[] pieces = {0};
        var unused = model.stream(
                new ChatRequest(List.of(new ChatMessage.User("Go on.")), List.of(), Optional.empty()),
                new LanguageModel.Sink() {
                    @Override
                    public void text(String delta) {
                        pieces[0]++;
                    }

                    @Override
                    public void toolCall(ToolCall call) {
                        pieces[0]++;
                    }

                    @Override
                    public void done() {
                        over.countDown();
                    }

                    @Override
                    public void failed(ProviderException failure) {
                        over.countDown();
                    }
                });
        over.await();
        return pieces[0];
    }
}
