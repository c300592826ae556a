package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.FieldType;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No personal data leaves the transform. */
class PrivacyTest {

    private static final String EMAIL = "Ada.Lovelace@Example.com";
    private static final String PHONE = "+44 20 7946 0958";
    private static final String NATIONAL_PHONE = "020 7946 0958";
    private static final String NAME = "Lovelace Byron";
    private static final String STREET = "12 Analytical Row";
    private static final List<String> SECRETS =
            List.of("lovelace", "7946", "79460958", "byron", "analytical", "example.com", "4dy");

    private final Shop shop = Shop.inLondon();

    /** Values that make a row of the stream valid. */
    private static Map<String, String> valid(StreamName stream) {
        Map<String, String> row = new HashMap<>();
        for (Field field : StreamSchema.of(stream).fields()) {
            String value =
                    switch (field.type()) {
                        case TEXT -> field.name() + "-1";
                        case INTEGER, DECIMAL -> "2";
                        case IDS -> "[\"2\"]";
                        case MONEY -> "1.00";
                        case INSTANT -> "2026-03-01";
                        case STATUS -> "completed";
                        case CURRENCY -> "GBP";
                        case COUNTRY -> "GB";
                    };
            row.put(field.name(), value);
        }
        return row;
    }

    private static Map<String, String> personal(Field field) {
        return switch (field.privacy()) {
            case DROP -> Map.of(field.name(), NAME + ", " + STREET + ", " + EMAIL + ", " + PHONE);
            case PSEUDONYM -> Map.of(field.name(), field.name().contains("phone") ? PHONE : EMAIL);
            case AREA -> Map.of(field.name(), "LS1 4DY");
            case PUBLIC -> Map.of();
        };
    }

    private static void assertNothingLeaks(Result result) {
        for (StoredObject object : result.lake().list("")) {
            if (!object.key().startsWith("raw/")) {
                assertThat(result.text(object.key()).toLowerCase(Locale.ROOT))
                        .as(object.key())
                        .doesNotContain(SECRETS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void whatPeopleToldTheShopIsInNoObject(StreamName stream) {
        Map<String, String> good = valid(stream);
        StreamSchema.of(stream).fields().forEach(field -> good.putAll(personal(field)));
        Map<String, String> bad = new HashMap<>(good);
        bad.put("id", "");

        Result result = shop.transform(stream, good, bad);

        assertThat(result.counts().clean()).isEqualTo(1);
        assertThat(result.counts().quarantined()).isEqualTo(1);
        assertNothingLeaks(result);
    }

    /** A mapping or an export may put any value into any field. */
    @ParameterizedTest
    @EnumSource(StreamName.class)
    void addressesAndNumbersInAnyFieldAreMaskedWhetherTheRowIsRejectedOrNot(StreamName stream) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String secret :
                List.of(
                        EMAIL,
                        "write to " + EMAIL + "!",
                        PHONE,
                        "call " + PHONE,
                        "+442079460958")) {
            for (Field field : StreamSchema.of(stream).fields()) {
                Map<String, String> row = valid(stream);
                row.put("id", "row-" + rows.size());
                row.put(field.name(), secret);
                rows.add(row);
                Map<String, String> rejected = new HashMap<>(row);
                rejected.put("updated_at", "2999-01-01");
                rows.add(rejected);
            }
        }

        assertNothingLeaks(shop.transform(stream, rows));
    }

    /** Personal data that people enter into other fields, and its identifying parts. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/personal-values.csv", numLinesToSkip = 1)
    private @interface PersonalValues {}

    @PersonalValues
    void whatGivesPeopleAwayIsInNoObjectWhateverFieldItStandsIn(
            String name, String value, String trace) {
        for (StreamName stream : StreamName.values()) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (Field field : StreamSchema.of(stream).fields()) {
                for (String written : List.of(value, "see " + value + ", please")) {
                    Map<String, String> row = valid(stream);
                    row.put("id", "row-" + rows.size());
                    row.put(field.name(), written);
                    rows.add(row);
                    if (field.type() == FieldType.IDS) {
                        Map<String, String> listed = new HashMap<>(row);
                        listed.put(field.name(), "[\"" + written + "\"]");
                        rows.add(listed);
                    }
                    Map<String, String> rejected = new HashMap<>(row);
                    rejected.put("updated_at", "2999-01-01");
                    rows.add(rejected);
                    Map<String, String> defective = new HashMap<>(row);
                    defective.put("_defect", "ragged_row: the line has 3 columns");
                    rows.add(defective);
                }
            }
            Result result = shop.transform(stream, rows);

            assertThat(result.counts().clean()).isPositive();
            for (StoredObject object : result.lake().list("")) {
                if (!object.key().startsWith("raw/")) {
                    assertThat(result.text(object.key()).toLowerCase(Locale.ROOT))
                            .as(object.key())
                            .doesNotContain(trace);
                }
            }
        }
    }

    @PersonalValues
    void idsThatGivePeopleAwayBecomeTokensThatStillJoin(String name, String value, String trace) {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("customer_id", value);
        String token = shop.transform(StreamName.ORDERS, order).row().get("customer_id");

        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(shop.transform(StreamName.CUSTOMERS, Map.of("id", value)).row())
                .containsEntry("id", token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "4500123456789",
                "2026-01-31-0001",
                "SO-2026/00017",
                "000000012345",
                "1234567890",
                "550e8400-e29b-41d4-a716-446655440000",
                "0f8fad5bd9cb469fa16570867728950e",
                "B00EXAMPLE",
                "wc_order_5f3e2a1b9c8d7",
                "1234-5678",
                "10-20-30",
                "ABC.123.456",
                "100:200",
                "8901234567890123",
                "gid://shop/Order/4500123456789",
                "cus_N3xyz12345678",
                "#1001",
                "A(1)",
                "50%40",
                "1.2.3",
                "v2.10.0.1234",
                "000123_456789",
                "0123456789012,17",
                "CC4111111111111111"
            })
    void idsOfShopsStayAsTheyAre(String id) {
        assertThat(shop.transform(StreamName.CUSTOMERS, Map.of("id", id)).row())
                .containsEntry("id", id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Leeds",
                "São Paulo",
                "Frankfurt (Oder)",
                "Paris 16e",
                "Ward 12",
                "St. John's",
                "4th Arrondissement",
                "Washington, D.C.",
                "Kraków",
                "Köln-Ehrenfeld",
                "Region 10: North",
                "10115 Berlin"
            })
    void townsStayAsTheyAre(String city) {
        Result result = shop.transform(StreamName.CUSTOMERS, Map.of("id", "1", "city", city));

        assertThat(result.row()).containsEntry("city", city);
        assertThat(result.warned("text_masked", "city")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tea (at its best) 250 g",
                "SSD M.2 1TB",
                "Lamp 12 V / 35 W, 4000 K",
                "Set 3 x 500 ml (2024)",
                "Meet me at home",
                "Ratio 16:9",
                "Cable 1.5 m - 230 V",
                "LEGO 75192",
                "EAN 4006381333931",
                "Pants 32-34-36",
                "Puzzle 1000-2000-3000",
                "Firmware 10.0.1",
                "iPhone 15 Pro Max 256GB",
                "ISO 9001:2015",
                "Book 978-0-306-40615-7 @ 50%",
                "Dates 2024-01-31 2025-02-28",
                "10% off [at checkout]",
                "2 @ 5.00",
                "3@5.00",
                "T-shirt @home",
                "T-shirt @ home",
                "50% @ sale",
                "50% @ sale.de",
                "2 for 10 @ 5.00EUR",
                "Box w=40cm h=20.5cm",
                "Size=40.cm",
                "Ref=3012345678",
                "50%20 cotton",
                "Salt &amp; pepper",
                "A &#8211; B",
                "C:\\x20 adapter",
                "100% Cotton, 40% off",
                "Cost@",
                "@",
                "Save 20%25%40%",
                "Clip 12:30:45",
                "Clip 10:12:30:45",
                "Case AB-12-34",
                "Sizes 10-20-30-40-50-60",
                "std::vector a::b",
                "Lamp 4000, 4500, 5000, 6000 K",
                "Set 01, 02, 03, 04, 05",
                "Lamp A-12345678"
            })
    void namesOfProductsStayAsTheyAre(String product) {
        Result result = shop.transform(StreamName.PRODUCTS, Map.of("id", "1", "name", product));

        assertThat(result.row()).containsEntry("name", product);
    }

    @Test
    void aWholePostcodeInATownIsMasked() {
        Result result =
                shop.transform(
                        StreamName.CUSTOMERS,
                        Map.of("id", "1", "city", "Leeds LS1 4DY", "region", "ec1a1bb"));

        assertThat(result.row()).containsEntry("city", "Leeds ***").containsEntry("region", "***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SW1A-1AA", "SW1A.1AA", "EC1A  1BB", "LS1 - 4DY"})
    void aPostcodeInATownIsMaskedWhateverSeparatesItsParts(String postcode) {
        Result result =
                shop.transform(
                        StreamName.CUSTOMERS, Map.of("id", "1", "city", "Leeds " + postcode));

        assertThat(result.row()).containsEntry("city", "Leeds ***");
    }

    /** The text was cut before it was searched, so half an address remained. */
    @ParameterizedTest
    @ValueSource(ints = {9_980, 9_985, 9_990, 9_995, 10_000})
    void whatIsCutOffAnAddressIsMasked(int before) {
        for (String secret : List.of("ada.lovelace@example.com", PHONE, "ada.lovelace %40 x.com")) {
            String name = "x".repeat(before) + " " + secret + " and more".repeat(200);
            Result result = shop.transform(StreamName.PRODUCTS, Map.of("id", "1", "name", name));

            assertThat(result.row().get("name"))
                    .hasSizeLessThanOrEqualTo(10_003)
                    .doesNotContain("ada", "+4");
            assertThat(result.warned("text_cut", "name")).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsCalledAfterSomebodyIsNotNamed() {
        String raw =
                String.join(",", StreamSchema.of(StreamName.PRODUCTS).rawHeader())
                        + "\nada.lovelace@example.com.csv:17,,,x\n"
                        + "y".repeat(5_000)
                        + ".csv:18,,,x\n";
        Result result =
                shop.transform(
                        StreamName.PRODUCTS, raw.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(result.quarantined()).hasSize(2);
        assertNothingLeaks(result);
        assertThat(result.text(result.part().quarantineKey())).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NATIONAL_PHONE,
                "(020) 7946 0958",
                "0044 20 7946 0958",
                "02079460958",
                "Tel. 020-7946-0958"
            })
    void nationalNumbersAreMaskedInTextAndInRejectedValues(String phone) {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("ship_city", phone);
        order.put("payment_method", phone);
        Map<String, String> rejected = new HashMap<>(order);
        rejected.put("total", phone);
        rejected.put("paid_at", phone);

        Result result = shop.transform(StreamName.ORDERS, order, rejected);

        assertNothingLeaks(result);
        assertThat(result.row().get("ship_city")).endsWith("***");
        assertThat(result.warned("text_masked", "ship_city")).isEqualTo(1);
    }

    @Test
    void namesInTypedFieldsOfARejectedRowAreMasked() {
        Map<String, String> order = valid(StreamName.ORDERS);
        for (String field : List.of("status", "currency", "ordered_at", "total", "ship_country")) {
            order.put(field, NAME);
        }

        Result result = shop.transform(StreamName.ORDERS, order);

        assertThat(result.counts().quarantined()).isEqualTo(1);
        assertNothingLeaks(result);
        assertThat(result.quarantined().get(0)).containsEntry("status", "***");
    }

    @Test
    void aRowThatIsShiftedByAColumnIsMaskedWhole() {
        String shifted =
                "customers.csv:2,,1,%s,%s,Ada,%s,,%s,Leeds,,LS1 4DY,GB,,,more\n"
                        .formatted(EMAIL, PHONE, NAME, STREET);
        String header = String.join(",", StreamSchema.of(StreamName.CUSTOMERS).rawHeader()) + "\n";
        Result result =
                shop.transform(
                        StreamName.CUSTOMERS,
                        (header + shifted + "customers.csv:3,,2," + NAME + "\n\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(result.quarantined())
                .extracting(row -> row.get("rule"))
                .containsExactly("row_shape", "row_shape", "row_shape");
        assertThat(result.quarantined().get(0))
                .containsEntry("id", "***")
                .containsEntry("_position", "customers.csv:2");
        assertNothingLeaks(result);
    }

    @Test
    void harmlessValuesOfARejectedRowStaySoThatOneSeesWhatIsWrong() {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("ordered_at", "2026-02-30 10:11:12");
        order.put("total", "1,234.50");
        order.put("currency", "EUR");
        order.put("paid_at", "31 Jan 2026, 10:00 PM");

        assertThat(shop.transform(StreamName.ORDERS, order).quarantined().get(0))
                .containsEntry("ordered_at", "2026-02-30 10:11:12")
                .containsEntry("total", "1,234.50")
                .containsEntry("currency", "EUR")
                .containsEntry("paid_at", "31 Jan 2026, 10:00 PM")
                .containsEntry("email", "***")
                .containsEntry("id", "id-1");
    }

    @Test
    void articleNumbersAndIdsAreNoTelephoneNumbers() {
        Result result =
                shop.transform(
                        StreamName.PRODUCTS,
                        Map.of(
                                "id", "0123456789012",
                                "sku", "0012345678905",
                                "name", "Book 978-0-306-40615-7 @ 50%"));

        assertThat(result.row())
                .containsEntry("id", "0123456789012")
                .containsEntry("sku", "0012345678905")
                .containsEntry("name", "Book 978-0-306-40615-7 @ 50%");
    }

    @Test
    void theSameAddressGivesTheSameTokenEverywhere() {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("email", " ADA@example.com");
        Map<String, String> review = valid(StreamName.REVIEWS);
        review.put("reviewer_email", "ada@EXAMPLE.com ");
        String token = Shop.token("ada@example.com");

        assertThat(
                        shop.transform(
                                        StreamName.CUSTOMERS,
                                        Map.of("id", "1", "email", "Ada@Example.com"))
                                .row())
                .containsEntry("email_token", token);
        assertThat(shop.transform(StreamName.ORDERS, order).row())
                .containsEntry("email_token", token);
        assertThat(shop.transform(StreamName.REVIEWS, review).row())
                .containsEntry("reviewer_email_token", token);
    }

    @Test
    void aGuestIsNamedByTheAddressOfTheOrder() {
        String token = Shop.token("guest@example.com");
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("email", "Guest@example.com");
        for (String none : List.of("", "0")) {
            order.put("customer_id", none);
            assertThat(shop.transform(StreamName.ORDERS, order).row())
                    .containsEntry("customer_id", "guest:" + token);
        }
        order.put("email", "");
        assertThat(shop.transform(StreamName.ORDERS, order).row()).doesNotContainKey("customer_id");
        order.put("customer_id", "7");
        assertThat(shop.transform(StreamName.ORDERS, order).row())
                .containsEntry("customer_id", "7");
    }

    @Test
    void idsThatAreAddressesBecomeTokensThatStillJoin() {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("customer_id", "ADA@example.com");
        String token = Shop.token("ada@example.com");

        assertThat(shop.transform(StreamName.ORDERS, order).row())
                .containsEntry("customer_id", token);
        assertThat(shop.transform(StreamName.CUSTOMERS, Map.of("id", "ada@example.com")).row())
                .containsEntry("id", token);
        order.put("customer_id", "+44 20 7946 0958");
        assertThat(shop.transform(StreamName.ORDERS, order).row())
                .containsEntry("customer_id", Shop.token("+442079460958"));
    }

    @ParameterizedTest
    @CsvSource({
        "020 7946 0958, GB, +442079460958",
        "+44 20 7946 0958, GB, +442079460958",
        "0044 20 79460958, GB, +442079460958",
        "(11) 98765-4321, BR, +5511987654321",
        "+44 (0)20 7946 0958, BR, +442079460958",
        "12, GB, +4412",
        "x7y, GB, 7",
        "1, GB, 1",
    })
    void telephoneNumbersAreComparedInE164(String phone, String country, String normalised) {
        Result result =
                shop.withCountry(country)
                        .transform(
                                StreamName.CUSTOMERS,
                                Map.of("id", "1", "phone", phone),
                                Map.of("id", "2", "phone", phone));

        assertThat(result.clean())
                .extracting(row -> row.get("phone_token"))
                .containsOnly(Shop.token(normalised));
    }

    @Test
    void numbersThatCannotBeReadAreCounted() {
        Result result =
                shop.withCountry(null)
                        .transform(
                                StreamName.CUSTOMERS,
                                Map.of("id", "1", "phone", "020 7946 0958"),
                                Map.of("id", "2", "phone", "020 7946 0958"),
                                Map.of("id", "3", "phone", "+44 20 7946 0958"));

        assertThat(result.warned("phone_format", "phone")).isEqualTo(2);
        assertThat(result.clean().get(0)).containsEntry("phone_token", Shop.token("02079460958"));
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, 0",
        "a@b, 1",
        "a@@example.com, 1",
        "@example.com, 1",
        "a@example., 1",
        "a@.com, 1",
        "ada lovelace@example.com, 1",
        "ada, 1",
    })
    void addressesThatLookWrongAreCountedAndStillJoin(String email, long warned) {
        Result result = shop.transform(StreamName.CUSTOMERS, Map.of("id", "1", "email", email));

        assertThat(result.warned("email_format", "email")).isEqualTo(warned);
        assertThat(result.row()).containsEntry("email_token", Shop.token(email));
    }

    @ParameterizedTest
    @CsvSource({
        "ls1 4dy, GB, LS",
        "M1 1AE, , M",
        "EC1A1BB, uk, EC",
        "01310-100, BR, 01",
        "k1a 0b1, CA, K1",
        "(8)010, AT, 80",
    })
    void postcodesAreGeneralisedToTheirArea(String postcode, String country, String area) {
        Map<String, String> seller = new HashMap<>(Map.of("id", "1", "postcode", postcode));
        seller.put("country", country == null ? "" : country);

        assertThat(shop.transform(StreamName.SELLERS, seller).row())
                .containsEntry("postcode_area", area);
    }

    @ParameterizedTest
    @CsvSource({"Leeds, GB", "12345, GB", "LS, GB", "ABC1 2DE, GB", "--, DE"})
    void postcodesThatLookWrongBecomeNoneAndAreCounted(String postcode, String country) {
        Result result =
                shop.transform(
                        StreamName.SELLERS,
                        Map.of("id", "1", "postcode", postcode, "country", country));

        assertThat(result.row()).doesNotContainKey("postcode_area");
        assertThat(result.warned("postcode_format", "postcode")).isEqualTo(1);
    }

    @Test
    void warningsOfRejectedRowsAreNotCounted() {
        Result result =
                shop.transform(
                        StreamName.CUSTOMERS,
                        Map.of("id", "1", "email", "nonsense", "created_at", "nonsense"));

        assertThat(result.warned("email_format", "email")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "02/30/2026 10:11, true",
        "02.30.2026, true",
        "02-30-2026T10:11:12, true",
        "2026-02-30, true",
        "tomorrow, false",
        "06-12-34-56-78, false",
        "06 12 34 56 78, false",
        "06.12.34.56.78, false",
        "0612345678, false",
        "2026-02-30 Ada, false",
        "+33 6 12 34 56 78, false",
        "20260230, true",
    })
    void aRejectedDateIsShownOnlyIfItLooksLikeOne(String text, boolean shown) {
        Map<String, String> order = valid(StreamName.ORDERS);
        order.put("paid_at", text);

        assertThat(shop.transform(StreamName.ORDERS, order).quarantined().get(0))
                .containsEntry("paid_at", shown ? text : "***");
    }
}
