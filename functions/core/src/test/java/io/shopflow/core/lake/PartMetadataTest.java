package io.shopflow.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartMetadataTest {

    @Test
    void countsComeBackFromMetadata() {
        CleanCounts counts = new CleanCounts(10, 7, 1, 2);

        assertThat(counts.toMetadata("2026-01")).containsEntry("pseudonym-key-id", "2026-01");
        assertThat(CleanCounts.ofMetadata(counts.toMetadata("2026-01"))).isEqualTo(counts);
    }

    @Test
    void countsThatDoNotBalanceAreRefused() {
        assertThatThrownBy(() -> new CleanCounts(10, 7, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10 rows extracted, but 7 clean + 1 duplicate + 1 quarantined");
    }

    @Test
    void aMissingCountIsNamed() {
        Map<String, String> metadata = new HashMap<>(new CleanCounts(1, 1, 0, 0).toMetadata("k"));
        metadata.remove("duplicate");

        assertThatThrownBy(() -> CleanCounts.ofMetadata(metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'duplicate'");
    }
}
