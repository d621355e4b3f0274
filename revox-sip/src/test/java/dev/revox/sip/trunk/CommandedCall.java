package dev.revox.sip.trunk;

import dev.revox.line.LegEnd;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.live.CallControl;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A call as a hunt commands it. */
final class CommandedCall implements CallControl {

    private final List<String> commands;

    CommandedCall(List<String> commands) {
        this.commands = commands;
    }

    @Override
    public void answer() {}

    @Override
    public void hangUp(LegEnd cause) {
        commands.add("hang up");
    }

    @Override
    public void abandon() {
        commands.add("abandon");
    }

    @Override
    public void hold(boolean wanted) {
        commands.add("hold " + wanted);
    }

    @Override
    public void transfer(PhoneNumber to) {}

    @Override
    public void transferTo(CallControl consultation) {}

    @Override
    public boolean sendDigits(String digits) {
        return true;
    }

    @Override
    public void takeoverUri(Consumer<Optional<String>> to) {
        to.accept(Optional.of("sip:far"));
    }
}
