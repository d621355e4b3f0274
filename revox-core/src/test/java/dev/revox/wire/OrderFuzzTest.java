package dev.revox.wire;

import static org.assertj.core.api.Assertions.fail;

import dev.revox.order.InvalidOrderException;
import dev.revox.order.rules.OrderRules;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderFuzzTest {

    private static final long SEED = 20260615L;

    /** Pieces that are likely to be read in a way nobody meant. */
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "-1",
            "1e999999999",
            "-1e-999999999",
            "9007199254740993",
            "0.000000000000000001",
            "true",
            "\"\\u0000\"",
            "\"{{\"",
            "\"{{a}}\"",
            "\"+٣\"",
            "\"\\ud800\"",
            "[[[[[[[[",
            "\"25:00\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"http://[::1\"",
            "{\"type\":\"custom\"}",
            "'",
            "\\",
            "\"",
            ",",
            ":");

    @Test
    void no_mutation_of_the_example_ends_in_anything_but_an_order_or_its_violations() {
        OrderReader reader = OrderReader.strict(OrderRules.builder().build());
        String original = Examples.text("example-request.json");
        Random random = new Random(SEED);
        int accepted = 0;
        for (int round = 0; round < 4_000; round++) {
            String mutated = mutate(original, random);
            try {
                reader.read(mutated);
                accepted++;
            } catch (InvalidOrderException expected) {
                if (expected.violations().isEmpty()) {
                    fail("round %d of seed %d: refused without a reason", round, SEED);
                }
            } catch (RuntimeException | StackOverflowError unexpected) {
                fail("round " + round + " of seed " + SEED, unexpected);
            }
        }
        if (accepted == 0) {
            fail("seed %d mutates too hard: not one body was still an order", SEED);
        }
    }

    private static String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x100));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
                default -> replaceValue(text, at, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    /** Puts a piece in place of the value after the next colon. */
    private static void replaceValue(StringBuilder text, int from, String piece) {
        int colon = text.indexOf(": ", from);
        int end = colon < 0 ? -1 : text.indexOf("\n", colon);
        if (end > 0) {
            boolean comma = text.charAt(end - 1) == ',';
            text.replace(colon + 2, comma ? end - 1 : end, piece);
        }
    }
}
