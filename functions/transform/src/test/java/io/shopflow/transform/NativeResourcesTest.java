package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A native image contains only the configured resources; those of the library may move with a new
 * version.
 */
class NativeResourcesTest {

    private static Pattern registered() throws IOException {
        Properties settings = new Properties();
        try (InputStream file =
                NativeResourcesTest.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        return Pattern.compile(
                settings.getProperty("quarkus.native.resources.includes")
                        .replace("*", "[^/]*")
                        .replace(",", "|"));
    }

    @Test
    void theTableOfCountriesIsRegistered() throws Exception {
        String table = "io/shopflow/transform/row/countries.csv";

        assertThat(table).matches(registered());
        assertThat(getClass().getResource("/" + table)).isNotNull();
    }

    @Test
    void thePhoneNumberTablesOfEveryCountryAreRegistered() throws Exception {
        Pattern registered = registered();
        for (String region : PhoneNumberUtil.getInstance().getSupportedRegions()) {
            String table = "com/google/i18n/phonenumbers/data/PhoneNumberMetadataProto_" + region;
            assertThat(table).matches(registered);
            assertThat(PhoneNumberUtil.class.getResource("/" + table)).as(table).isNotNull();
        }
    }
}
