package dev.revox.fake;

import dev.revox.assistant.Analysis;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.Messages;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.Speaking;
import dev.revox.conversation.ConversationSetup;
import dev.revox.line.DialRequest;
import dev.revox.line.ListenSettings;
import dev.revox.order.Direction;
import dev.revox.phone.PhoneNumber;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that tests share. */
public final class Fixtures {
    public static final PhoneNumber DANA = PhoneNumber.of("+33612345678");

    private Fixtures() {}

    public static Assistant assistant() {
        return new Assistant(
                "assistant-1",
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                "You confirm appointments.",
                Speaking.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Ambience.NONE,
                List.of(),
                false,
                Messages.NONE,
                Transfer.NONE,
                Analysis.NONE,
                Notifications.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static ConversationSetup conversation(TimeSource time) {
        return new ConversationSetup(
                "order-1",
                "attempt-1",
                Direction.OUTBOUND,
                assistant(),
                Optional.empty(),
                Duration.ofMillis(400),
                Map.of(),
                Optional.of(DANA),
                Optional.empty(),
                ZoneId.of("Europe/Paris"),
                time);
    }

    public static DialRequest dialRequest() {
        return new DialRequest(
                "order-1", "attempt-1", DANA, Optional.empty(), Duration.ofSeconds(45), ListenSettings.DEFAULT);
    }
}
