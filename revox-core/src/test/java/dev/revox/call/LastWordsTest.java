package dev.revox.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastWordsTest {

    private static LastWords of(LegEnd cause) {
        return LastWords.of(true, Optional.empty(), Optional.of(new LegEvent.Ended(0, cause, Optional.empty())));
    }

    @Test
    void s15_a_call_that_was_handed_over_is_completed_and_ended_by_the_agent() {
        LastWords words = of(LegEnd.TRANSFERRED);
        assertThat(words.status()).isEqualTo(AttemptStatus.COMPLETED);
        assertThat(words.endedBy()).hasValue(EndedBy.AGENT);
        assertThat(words.endReason()).hasValue(EndReason.TRANSFER);
    }

    @Test
    void s12_a_session_that_nobody_refreshed_is_ended_by_the_system() {
        LastWords words = of(LegEnd.SESSION_EXPIRED);
        assertThat(words.endedBy()).hasValue(EndedBy.SYSTEM);
        assertThat(words.endReason()).hasValue(EndReason.SESSION_EXPIRED);
    }
}
