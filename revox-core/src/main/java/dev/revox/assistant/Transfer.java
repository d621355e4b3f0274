package dev.revox.assistant;

import dev.revox.phone.PhoneNumber;
import java.util.Optional;

/**
 * How a person is brought into the call.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param mode warm when a number is set and no mode is given
 */
public record Transfer(
        Optional<PhoneNumber> phoneNumber, Optional<HumanTransferMode> mode, Optional<String> summaryInstructions) {

    public static final Transfer NONE = new Transfer(Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "Transfer[" + phoneNumber + ", " + mode + "]";
    }
}
