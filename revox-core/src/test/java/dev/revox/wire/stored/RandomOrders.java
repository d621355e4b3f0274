package dev.revox.wire.stored;

import dev.revox.assistant.Analysis;
import dev.revox.assistant.Assistant;
import dev.revox.assistant.CalendlyLink;
import dev.revox.assistant.FaqItem;
import dev.revox.assistant.HumanTransferMode;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.Messages;
import dev.revox.assistant.Notifications;
import dev.revox.assistant.PromptFlow;
import dev.revox.assistant.Transfer;
import dev.revox.assistant.sound.Ambience;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.attempt.CallOutcome;
import dev.revox.order.CampaignRef;
import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.Direction;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.WallTime;
import dev.revox.secret.Secret;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Orders with anything in every field that a field can hold. */
final class RandomOrders {
    private static final List<String> SCRAPS = List.of(
            "a",
            "",
            " ",
            "\u0000",
            "\"",
            "\\",
            "\n",
            "é",
            "漢",
            "😀",
            "\uD83D",
            "\uDE00",
            "\u001B",
            "{{name}}",
            "%",
            "'");

    final Random random;

    RandomOrders(long seed) {
        random = new Random(seed);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
        }
        return text.toString();
    }

    <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    <T> List<T> some(Supplier<T> value) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            items.add(value.get());
        }
        return items;
    }

    <E extends Enum<E>> E one(Class<E> type) {
        E[] values = type.getEnumConstants();
        return values[random.nextInt(values.length)];
    }

    Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    Duration duration() {
        return Duration.ofSeconds(1 + random.nextInt(100_000), random.nextInt(1_000_000_000));
    }

    PhoneNumber number() {
        return PhoneNumber.of("+" + (1 + random.nextInt(9)) + random.nextInt(10, 1_000_000_000));
    }

    URI uri() {
        return URI.create("https://host.example/" + random.nextInt() + "?q=%C3%A9");
    }

    ZoneId zone() {
        List<String> ids = List.of("Europe/Paris", "America/New_York", "Asia/Kathmandu", "UTC", "+02:00");
        return ZoneId.of(ids.get(random.nextInt(ids.size())));
    }

    Map<String, String> texts() {
        Map<String, String> map = new LinkedHashMap<>();
        some(this::text).forEach(key -> map.put(key, text()));
        return map;
    }

    RetryPolicy policy() {
        Set<DayOfWeek> days = new LinkedHashSet<>(List.of(one(DayOfWeek.class), one(DayOfWeek.class)));
        List<CallingWindow> windows = new ArrayList<>(some(this::window));
        windows.add(window());
        return new RetryPolicy(days, random.nextBoolean(), windows, 1 + random.nextLong(1L << 53), maybe(this::zone));
    }

    private CallingWindow window() {
        return new CallingWindow(new WallTime(random.nextInt(1440)), new WallTime(random.nextInt(1441)), duration());
    }

    LlmModel model() {
        return switch (random.nextInt(4)) {
            case 0 -> new LlmModel.Dedicated(text());
            case 1 -> new LlmModel.OpenRouter(text(), text());
            case 2 -> new LlmModel.Custom(Secret.of(text()), uri(), text());
            default -> new LlmModel.Realtime(one(LlmModel.RealtimeProvider.class), text(), maybe(this::text));
        };
    }

    private DataField field() {
        return new DataField(text(), one(FieldType.class), random.nextBoolean(), maybe(this::text), some(this::text));
    }

    private HttpTool tool() {
        Supplier<HttpTool.Parameter> parameter = () -> new HttpTool.Parameter(text(), text());
        return new HttpTool(
                text(),
                text(),
                one(HttpMethod.class),
                text(),
                some(parameter),
                some(parameter),
                maybe(this::text),
                some(this::field));
    }

    private Transfer transfer() {
        // A mode is always there once an assistant is built, when there is a number.
        return new Transfer(Optional.of(number()), Optional.of(one(HumanTransferMode.class)), maybe(this::text));
    }

    private FaqItem faq() {
        return new FaqItem(
                text(), text(), maybe(this::text), maybe(random::nextBoolean), maybe(() -> one(FaqItem.Source.class)));
    }

    private PromptFlow flow() {
        return new PromptFlow(
                some(() -> new PromptFlow.Edge(text(), text(), text())),
                some(() -> new PromptFlow.Node(text(), text(), text(), random.nextDouble(), random.nextInt())));
    }

    Assistant assistant() {
        return new Assistant(
                "a" + text(),
                maybe(this::text),
                maybe(this::text),
                instant(),
                instant(),
                text(),
                new Speaking(
                        maybe(this::text),
                        one(FirstSentenceMode.class),
                        maybe(this::duration),
                        maybe(this::text),
                        duration(),
                        maybe(this::text)),
                maybe(this::model),
                maybe(() -> new Voice(
                        text(), one(VoiceProvider.class), maybe(random::nextDouble), maybe(random::nextDouble))),
                new Ambience(
                        maybe(this::text),
                        random.nextDouble(),
                        maybe(() -> one(ThinkingSound.class)),
                        random.nextDouble(),
                        random.nextInt(2)),
                some(this::tool),
                random.nextBoolean(),
                new Messages(
                        maybe(this::text),
                        maybe(this::text),
                        random.nextBoolean(),
                        maybe(this::text),
                        maybe(this::text)),
                random.nextBoolean() ? transfer() : Transfer.NONE,
                new Analysis(some(this::field), maybe(this::text)),
                new Notifications(maybe(this::text), some(() -> one(CallOutcome.class)), maybe(this::uri)),
                maybe(() -> new CalendlyLink(text(), text())),
                some(this::faq),
                maybe(this::flow),
                maybe(this::number),
                maybe(this::policy));
    }

    PlacedOrder order() {
        return new PlacedOrder(
                text(),
                one(Direction.class),
                number(),
                random.nextBoolean(),
                maybe(() -> random.nextBoolean() ? instant() : Instant.parse("9999-12-31T23:59:59.999999999Z")),
                maybe(() -> new ConcurrencyLimit(text(), 1 + random.nextInt(100))),
                texts(),
                texts(),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> new CampaignRef(text(), text())),
                assistant(),
                maybe(this::number),
                policy(),
                model(),
                duration(),
                new RecipientZones(some(this::zone), some(this::zone)),
                one(OrderStatus.class),
                random.nextBoolean(),
                maybe(() -> one(CallOutcome.class)),
                maybe(this::text),
                instant(),
                instant(),
                random.nextLong(1L << 40));
    }
}
