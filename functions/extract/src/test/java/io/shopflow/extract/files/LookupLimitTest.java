package io.shopflow.extract.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Look-ups fail with a message before they exhaust the memory. */
class LookupLimitTest {

    @Test
    void almostAMillionShortRowsFitAndTenMillionDoNot() {
        assertThatCode(() -> take(950_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> take(10_000_000))
                .isInstanceOfSatisfying(
                        FileProblemException.class,
                        e -> assertThat(e.problem().rule()).isEqualTo("lookup_too_large"))
                .hasMessageContaining("192 MiB");
    }

    @Test
    void theLimitIsToTheByte() {
        LookupMemory memory = new LookupMemory(156 + 6, "");
        assertThatCode(() -> memory.take("abc")).doesNotThrowAnyException();
        LookupMemory less = new LookupMemory(156 + 5, "");
        assertThatThrownBy(() -> less.take("abc")).isInstanceOf(FileProblemException.class);
    }

    @Test
    void textsOfARowAreFoundByTheirPlace() {
        List<String> texts = List.of("", "São Paulo", "a,b", "", "😀");
        byte[] packed = PackedTexts.pack(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(PackedTexts.text(packed, i)).isEqualTo(texts.get(i));
        }
    }

    @Test
    void theOrdersThatAreLeftOutHaveALimitOfTheirOwn() {
        assertThatThrownBy(
                        () -> {
                            LookupMemory memory = LookupMemory.ofLeftOutOrders();
                            for (int i = 0; i < 400_000; i++) {
                                memory.take("10000000");
                            }
                        })
                .isInstanceOf(FileProblemException.class)
                .hasMessageContaining("64 MiB");
    }

    private static void take(int rows) throws FileProblemException {
        LookupMemory memory = LookupMemory.ofLookups();
        for (int i = 0; i < rows; i++) {
            memory.take("10000000", PackedTexts.pack(List.of("EUR")));
        }
    }
}
