package dev.revox.testkit.sim.node;

/**
 * What happens around a node's dealings with its store: time passes, the network fails, the node stands still or dies. Either
 * method may move the world along, and may throw what the node then gets instead of an answer.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public interface StoreWeather {
    /** Nothing happens. */
    StoreWeather CALM = new StoreWeather() {
        @Override
        public void before(Deal deal) {}

        @Override
        public void after(Deal deal) {}

        @Override
        public void failed(Deal deal) {}

        @Override
        public boolean strikes(int ofTenThousand) {
            return false;
        }
    };

    /** A kind of dealing. */
    enum Deal {
        READ,
        COMMIT,
        /** Of the register of nodes; it has a connection of its own, and nothing waits in it. */
        REGISTER,
        /** The store's own, with its database, within any of the others or behind their backs. */
        CONNECT
    }

    /** Before the store is asked; what this throws says that nothing was done. */
    void before(Deal deal);

    /** After it was done; what this throws hides the store's answer. */
    void after(Deal deal);

    /** Instead of {@link #after}, when the store itself has failed. */
    void failed(Deal deal);

    /** Whether something happens now that happens so often. */
    boolean strikes(int ofTenThousand);
}
