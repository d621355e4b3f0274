package dev.revox.audio.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SerialArithmeticTest {

    @Test
    void the_wrap_is_one_step() {
        assertThat(SerialArithmetic.distance16(65_535, 0)).isEqualTo(1);
        assertThat(SerialArithmetic.distance16(0, 65_535)).isEqualTo(-1);
        assertThat(SerialArithmetic.distance32(0xFFFF_FFFF, 159)).isEqualTo(160);
        assertThat(SerialArithmetic.distance16(0, 32_768)).isEqualTo(-32_768);
    }

    @Property
    void an_extended_number_is_the_nearest_with_its_lower_bits(
            @ForAll @LongRange(min = 0, max = 1L << 40) long reference,
            @ForAll @IntRange(min = -32_768, max = 32_767) int away) {
        assertThat(SerialArithmetic.extend16(reference, (int) (reference + away) & 0xFFFF))
                .isEqualTo(reference + away);
        long far = reference + away * 60_000L;
        assertThat(SerialArithmetic.extend32(reference, (int) far)).isEqualTo(far);
    }
}
