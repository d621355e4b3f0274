package dev.revox.bench.rate.side;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;

/** What a measured Java process tells its parent: a question in a line, a figure in a line. */
final class Answers {
    private static final String HEAP = "heap";
    private static final String ALLOCATED = "allocated";

    private Answers() {}

    /**
     * Says that all is ready and answers until the parent is gone.
     *
     * @param others answers what is not about memory
     */
    static void serve(ToLongFunction<String> others) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The SIP library prints what its timers stumble over.
        PrintStream parent = System.out;
        System.setOut(System.err);
        parent.println("ready");
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                parent.println(
                        switch (question) {
                            case HEAP -> liveHeapBytes();
                            case ALLOCATED -> threads.getTotalThreadAllocatedBytes();
                            default -> others.applyAsLong(question);
                        });
            }
        }
        System.exit(0);
    }

    private static long liveHeapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
