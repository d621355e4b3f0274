package dev.revox.agent.tool;

import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.step.Outbox;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.ConversationNotice;
import dev.revox.time.TimeSource;
import dev.revox.transcript.TranscriptItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one call: what the model is told of them, and one batch of tool calls at a time.
 *
 * <p>All calls of a batch run at once, each on a thread of its own; when the last has answered, or the deadline has passed, all
 * results are handed over together, in the order of the calls. What is wrong with a call - an unknown name, arguments that do not
 * fit, a budget that is used up - becomes an error for the model, and nothing is done. Every call that was begun is written to the
 * journal exactly once, also when the batch is dropped because the person interrupts or hangs up: it may have had an effect.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class ToolDesk {

    /** Its timer for tools that do not answer. */
    public static final String DEADLINE_TIMER = "tools";

    /** Its timer for the moment at which waiting becomes noticeable. */
    public static final String FILLER_TIMER = "tools-filler";

    /** The tool by which the agent ends the call. */
    public static final String END_CALL = BuiltInTools.END_CALL;

    static final String NO_JSON = "the arguments must be one JSON object";

    /** Who wants the results. <b>Thread:</b> called on the call thread, possibly before {@link #run} returns. */
    public interface Customer {

        /** All results of a batch, in the order of its calls. */
        void results(List<ToolResult> results, long nowNanos);

        /** It takes noticeably long. Answers whether something was said about it. */
        boolean waiting(long nowNanos);
    }

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<ToolSpec> allSpecs;
    private final ToolSettings settings;
    private final Toolset toolset;
    private final BuiltInTools builtIn;
    private final ToolContext context;
    private final Outbox outbox;
    private final Consumer<? super AgentSignal> mailbox;
    private final Consumer<TranscriptItem.Tool> journal;
    private final TimeSource time;
    private final Customer customer;

    private long lastRun;
    private @Nullable ToolRun run;
    private int turn;
    private int inTurn;
    private int inCall;

    public ToolDesk(
            Toolset toolset,
            ToolContext context,
            Outbox outbox,
            Consumer<? super AgentSignal> mailbox,
            Consumer<TranscriptItem.Tool> journal,
            TimeSource time,
            Customer customer) {
        this.toolset = toolset;
        this.settings = toolset.settings();
        this.builtIn = new BuiltInTools(toolset.navigatesMenus());
        this.context = context;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.journal = journal;
        this.time = time;
        this.customer = customer;
        toolset.tools().forEach(tool -> tools.putIfAbsent(tool.name(), tool));
        allSpecs = Stream.concat(
                        builtIn.specs().stream(), tools.values().stream().map(Tool::spec))
                .toList();
    }

    /** What the model may call now; with the budget used up it can only still end the call or be silent. */
    public List<ToolSpec> specs() {
        return inCall < settings.mostPerCall() ? allSpecs : builtIn.specs();
    }

    /**
     * Runs a batch; one under way is dropped.
     *
     * @param turnNumber the turn of the person that caused it: each turn has its own budget
     */
    public void run(List<ToolCall> calls, int turnNumber, long nowNanos) {
        cancel();
        if (turnNumber != turn) {
            turn = turnNumber;
            inTurn = 0;
        }
        ToolRun batch = new ToolRun(++lastRun, calls, time);
        run = batch;
        for (int i = 0; i < calls.size(); i++) {
            begin(batch, i, calls.get(i));
        }
        if (batch.complete()) {
            finish(batch, nowNanos);
        } else {
            outbox.arm(DEADLINE_TIMER, nowNanos + settings.deadline().toNanos());
            outbox.arm(FILLER_TIMER, nowNanos + settings.filler().toNanos());
        }
    }

    /** Whether results are still to come. */
    public boolean busy() {
        return run != null;
    }

    /** Drops the batch under way, if any: nobody wants its results. */
    public void cancel() {
        ToolRun batch = run;
        if (batch == null) {
            return;
        }
        stop();
        batch.giveUp("Nobody waited for the answer. What the tool should do may have been done or not.");
        batch.results().forEach(this::tell);
    }

    public void on(ToolSignal signal, long nowNanos) {
        ToolRun batch = run;
        if (batch == null || signal.run() != batch.number()) {
            return;
        }
        signal.thrown()
                .ifPresent(thrown -> outbox.tell(new ConversationNotice.ProviderFault(
                        "tool " + batch.nameOf(signal.index()), "threw " + thrown)));
        batch.answered(signal.index(), signal.output().within(settings.longestOutputBytes()));
        if (batch.complete()) {
            finish(batch, nowNanos);
        }
    }

    public void onTimer(String timer, long nowNanos) {
        ToolRun batch = run;
        if (batch == null) {
            return;
        }
        if (timer.equals(DEADLINE_TIMER)) {
            batch.giveUp("No answer within " + settings.deadline().toMillis()
                    + " ms. What the tool should do may have been done or not.");
            finish(batch, nowNanos);
        } else if (timer.equals(FILLER_TIMER)) {
            boolean said = customer.waiting(nowNanos);
            outbox.arm(FILLER_TIMER, nowNanos + (said ? settings.nextFiller() : settings.filler()).toNanos());
        }
    }

    private void begin(ToolRun batch, int index, ToolCall call) {
        Optional<Map<String, Object>> arguments =
                call.argumentsJson().isBlank() ? Optional.of(Map.of()) : ModelJson.object(call.argumentsJson());
        batch.begin(index, arguments.orElse(Map.of()));
        Optional<String> spent = spend(call.name());
        if (spent.isPresent()) {
            batch.answered(index, ToolOutput.error(spent.get()));
            return;
        }
        Optional<BuiltInTools.Done> done = builtIn.call(call.name(), arguments);
        if (done.isPresent()) {
            done.get().command().ifPresent(outbox::add);
            batch.done(index, done.get().output(), done.get().effect());
            return;
        }
        Tool tool = tools.get(call.name());
        Optional<String> problem = problem(tool, arguments);
        if (tool == null || problem.isPresent()) {
            batch.answered(index, ToolOutput.error(problem.orElse("There is no tool of that name.")));
            return;
        }
        ToolWork work = new ToolWork(tool, arguments.orElseThrow(), context, batch.number(), index, mailbox);
        batch.working(index, work);
        work.start(toolset.executor());
    }

    /** Takes one call off the budgets; what is wrong when nothing is left. */
    private Optional<String> spend(String name) {
        if (BuiltInTools.isFree(name)) {
            return Optional.empty();
        }
        inTurn++;
        inCall++;
        if (inCall > settings.mostPerCall()) {
            return Optional.of("Too many tool calls in this conversation. Go on without tools.");
        }
        return inTurn > settings.mostPerTurn()
                ? Optional.of("Too many tool calls for one turn. Answer with what you know.")
                : Optional.empty();
    }

    private static Optional<String> problem(@Nullable Tool tool, Optional<Map<String, Object>> arguments) {
        if (tool == null) {
            return Optional.of("There is no tool of that name.");
        }
        return arguments.map(given -> tool.input().problem(given)).orElse(Optional.of(NO_JSON));
    }

    private void finish(ToolRun batch, long nowNanos) {
        stop();
        List<ToolResult> results = batch.results();
        results.forEach(this::tell);
        customer.results(results, nowNanos);
    }

    private void stop() {
        if (run != null) {
            run.cancel();
            run = null;
        }
        outbox.disarm(DEADLINE_TIMER);
        outbox.disarm(FILLER_TIMER);
    }

    private void tell(ToolResult result) {
        journal.accept(result.item());
        String name = result.item().name();
        boolean known = allSpecs.stream().anyMatch(spec -> spec.name().equals(name));
        outbox.tell(new ConversationNotice.ToolCalled(name, result.item().error(), result.took(), known));
    }
}
