package io.shopflow.core.source;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "web_shop", "shop2", "abcdefghijklmnopqrstuvwxyz_1234"})
    void namesHaveLowerCaseLettersDigitsAndUnderscores(String name) {
        assertThat(SourceName.check(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"extract", "source", "source_allowed", "extract_uk", "bi", "load_2"})
    void namesWhoseVariablesWouldBeSettingsAreRefused(String name) {
        assertThat(SourceName.conflict(name).orElseThrow())
                .contains("'" + name + "'", "SHOPFLOW_" + name.split("_")[0].toUpperCase(ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop_extract", "sources", "lake", "s3", "extracts_uk"})
    void otherNamesHaveNoSettings(String name) {
        assertThat(SourceName.conflict(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2shop",
                "_shop",
                "Shop",
                "web-shop",
                "web/shop",
                "abcdefghijklmnopqrstuvwxyz_12345"
            })
    void otherNamesAreRefusedWithTheRule(String name) {
        assertThatThrownBy(() -> SourceName.check(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower-case letters, digits and _");
    }
}
