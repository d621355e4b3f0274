package dev.revox.sip.registration;

import java.util.Optional;

/** The upkeep of one trunk, as its plan wants it. <b>Thread:</b> Thread-safe. */
public final class TrunkKeeper {

    private final Optional<Registration> registration;
    private final Optional<Pings> pings;

    /** Nothing is sent before {@link #begin}. */
    public TrunkKeeper(Means means) {
        registration = means.trunk().plan().upkeep().registration().map(expires -> new Registration(means, expires));
        pings = means.trunk().plan().upkeep().ping().map(every -> new Pings(means, every));
    }

    public void begin() {
        registration.ifPresent(Registration::begin);
        pings.ifPresent(Pings::begin);
    }

    /** True when the trunk knows where we are; false for one that wants no REGISTER. */
    public boolean registered() {
        return registration.map(Registration::registered).orElse(false);
    }

    /**
     * Takes a registration back and asks no more.
     *
     * @param done runs once or more, when the registrar has answered or there is nothing to wait for
     */
    public void leave(Runnable done) {
        registration.ifPresentOrElse(kept -> kept.leave(done), done);
        pings.ifPresent(Pings::leave);
    }
}
