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

    /** Takes a registration back and asks no more; what is still to be sent is posted. */
    public void leave() {
        registration.ifPresent(Registration::leave);
        pings.ifPresent(Pings::leave);
    }
}
