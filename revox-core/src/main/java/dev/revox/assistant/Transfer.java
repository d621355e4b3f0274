package dev.revox.assistant;

import dev.revox.phone.PhoneNumber;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    Transfer mapTexts(UnaryOperator<String> operator) {
        return new Transfer(phoneNumber, mode, summaryInstructions.map(operator));
    }

    /** Warm when a number is set and no mode is given. */
    Transfer withMode() {
        return phoneNumber.isPresent() && mode.isEmpty()
                ? new Transfer(phoneNumber, Optional.of(HumanTransferMode.WARM), summaryInstructions)
                : this;
    }

    @Override
    public String toString() {
        return "Transfer[" + phoneNumber + ", " + mode + "]";
    }
}
