package dev.revox.dispatch.desk;

import dev.revox.conversation.ConversationSetup;
import dev.revox.order.Direction;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.template.Template;
import dev.revox.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An assistant's texts at the start of an attempt: every placeholder filled, once. Texts for after the call and of tools wait
 * for values that do not exist yet.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
public final class Texts {
    private Texts() {}

    /**
     * What a conversation knows before it begins.
     *
     * @throws dev.revox.template.TemplateException when an outbound order's text uses a name without a value
     */
    public static ConversationSetup setup(PlacedOrder order, String attemptId, ZoneId zone, TimeSource time) {
        Map<String, String> variables = variables(order, zone, time.instant());
        boolean inbound = order.direction() == Direction.INBOUND;
        UnaryOperator<String> fill = inbound
                ? text -> Template.of(text).fillOrEmpty(variables)
                : text -> Template.of(text).fill(variables);
        return new ConversationSetup(
                order.id(),
                attemptId,
                order.direction(),
                order.assistant().mapTexts(fill),
                Optional.of(order.model()),
                order.firstSentenceDelay(),
                variables,
                inbound ? order.from() : Optional.of(order.to()),
                inbound ? Optional.of(order.to()) : order.from(),
                zone,
                time);
    }

    /** The order's variables over the built-in ones. */
    public static Map<String, String> variables(PlacedOrder order, ZoneId zone, Instant now) {
        boolean inbound = order.direction() == Direction.INBOUND;
        ZonedDateTime local = now.atZone(zone).truncatedTo(ChronoUnit.MINUTES);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("now", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local));
        all.put("date", DateTimeFormatter.ISO_LOCAL_DATE.format(local));
        all.put("time", DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(local));
        all.put("call_direction", order.direction().wireName());
        String ours = inbound ? order.to().e164() : written(order.from());
        String theirs = inbound ? written(order.from()) : order.to().e164();
        all.put("user_phone_number", theirs);
        all.put("agent_phone_number", ours);
        all.putAll(order.promptVariables());
        return all;
    }

    private static String written(Optional<PhoneNumber> number) {
        return number.map(PhoneNumber::e164).orElse("");
    }
}
