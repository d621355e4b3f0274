package dev.revox.fake;

import dev.revox.RevoxException;
import dev.revox.campaign.CampaignStore;
import dev.revox.job.JobScheduler;
import dev.revox.resource.ResourceStore;
import dev.revox.store.EngineStore;
import dev.revox.store.node.NodeRegistry;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.time.TimeSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An engine's machine that dies in the middle of whatever it does: from some call of the store on it can neither reach the store
 * nor do anything else. What was stored stays.
 */
public final class PowerCut implements TimeSource, Executor {
    private static final List<Class<?>> PORTS = List.of(
            EngineStore.class, CampaignStore.class, ResourceStore.class, NodeRegistry.class, JobScheduler.class);

    private final EngineStore real;
    private final ManualTime time;
    private long callsLeft = Long.MAX_VALUE;

    public PowerCut(EngineStore real, ManualTime time) {
        this.real = real;
        this.time = time;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        return time.schedule(delay, () -> run(action));
    }

    @Override
    public void execute(Runnable task) {
        time.execute(() -> run(task));
    }

    private void run(Runnable task) {
        if (!dead()) {
            task.run();
        }
        if (dead()) {
            // It may have died with the last thing that it did, and will never ask the store again.
            real.close();
        }
    }

    /** The store for the engine that will die. */
    public EngineStore store() {
        return wrap(EngineStore.class, real);
    }

    /** Lets some more calls of the store through, and then none. */
    public void after(long calls) {
        callsLeft = calls;
    }

    public boolean dead() {
        return callsLeft <= 0;
    }

    private <T> T wrap(Class<T> port, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        if (callsLeft-- <= 0) {
            // Its jobs are everybody's from now on.
            real.close();
            if (method.getName().equals("close")) {
                return null;
            }
            throw new RevoxException("the power is out", true);
        }
        try {
            Object result = method.invoke(target, arguments);
            Class<?> type = method.getReturnType();
            return result != null && PORTS.contains(type) ? wrap(type, result) : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
