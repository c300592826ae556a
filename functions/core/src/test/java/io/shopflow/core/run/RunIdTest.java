package io.shopflow.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

    private static final Instant SENT_AT = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void newIdsSortByTimeAndDiffer() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<RunId> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(RunId.create());
        }
        assertThat(ids).doesNotHaveDuplicates().isSorted();
        assertThat(ids.get(0).requestedAt()).isBetween(before, Instant.now());
    }

    @Test
    void eachDeliveryOfAMessageHasTheSameId() {
        RunId id = RunId.ofMessage("message-1", SENT_AT);

        assertThat(RunId.ofMessage("message-1", SENT_AT)).isEqualTo(id);
        assertThat(RunId.ofMessage("message-2", SENT_AT)).isNotEqualTo(id);
        assertThat(id.requestedAt()).isEqualTo(SENT_AT);
        assertThat(id).hasToString(id.value());
    }

    @Property
    void idsOfMessagesSortByTimeOfSending(
            @ForAll @LongRange(min = 0, max = 200_000_000_000_000L) long one,
            @ForAll @LongRange(min = 0, max = 200_000_000_000_000L) long other) {
        RunId earlier = RunId.ofMessage("x", Instant.ofEpochMilli(Math.min(one, other)));
        RunId later = RunId.ofMessage("y", Instant.ofEpochMilli(Math.max(one, other)));

        assertThat(earlier.requestedAt()).isEqualTo(Instant.ofEpochMilli(Math.min(one, other)));
        if (one != other) {
            assertThat(earlier).isLessThan(later);
        }
        assertThat(new RunId(earlier.value())).isEqualTo(earlier);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01JZ",
                "01jz0000000000000000000000",
                "01JZ000000000000000000000I",
                "91JZ0000000000000000000000",
                "01JZ0000000000000000000000 ",
                "../../etc/passwd"
            })
    void otherTextsAreNoRunIds(String text) {
        assertThat(RunId.isValid(text)).isFalse();
        assertThatThrownBy(() -> new RunId(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
