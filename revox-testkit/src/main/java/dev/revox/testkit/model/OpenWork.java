package dev.revox.testkit.model;

import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import java.util.SplittableRandom;

/**
 * Something under way at a provider that goes on only when the checker says so.
 *
 * <p><b>Thread:</b> Confined to its world.
 */
abstract class OpenWork implements Cancellable {

    private boolean over;

    /** One thing that the provider may do next. Not called when it is over. */
    abstract void act(SplittableRandom random);

    final boolean over() {
        return over;
    }

    final void isOver() {
        over = true;
    }

    @Override
    public void cancel() {
        over = true;
    }

    static ProviderException failure(String provider, SplittableRandom random) {
        ProviderException.Kind[] kinds = ProviderException.Kind.values();
        return new ProviderException(provider, kinds[random.nextInt(kinds.length)], "by the checker");
    }
}
