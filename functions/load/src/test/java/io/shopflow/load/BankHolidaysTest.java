package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bank holidays by rule are those that <a href="https://www.gov.uk/bank-holidays">the government
 * publishes</a>, but for those that were proclaimed or moved once.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class BankHolidaysTest {

    private static final String ENGLAND_AND_WALES =
            """
            2018 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
            2019 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
            2020 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28
            2021 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
            2022 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27
            2023 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
            2024 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
            2025 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
            2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
            2027 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
            """;

    private static final String SCOTLAND =
            """
            2018 01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26
            2019 01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26
            2020 01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28
            2021 01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28
            2022 01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27
            2023 01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26
            2024 01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26
            2025 01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26
            2026 01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28
            2027 01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28
            """;

    private static final String NORTHERN_IRELAND =
            """
            2018 01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26
            2019 01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26
            2020 01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28
            2021 01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28
            2022 01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27
            2023 01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26
            2024 01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26
            2025 01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26
            2026 01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28
            2027 01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28
            """;

    /** VE Day, the Platinum Jubilee, the state funeral and the coronation. */
    private static final List<String> ONCE =
            List.of("2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08");

    /** The days of 2020 and 2022 that were moved for them. */
    private static final List<String> MOVED = List.of("2020-05-04", "2022-05-30");

    @Test
    void holidaysAreThosePublishedButForThoseOfOneYear() {
        assertHolidays("england-and-wales", ENGLAND_AND_WALES);
        assertHolidays("scotland", SCOTLAND);
        assertHolidays("northern-ireland", NORTHERN_IRELAND);
    }

    private static void assertHolidays(String division, String published) {
        List<String> expected = new ArrayList<>(MOVED);
        for (String line : published.lines().toList()) {
            String[] days = line.split(" ");
            for (int index = 1; index < days.length; index++) {
                expected.add(days[0] + "-" + days[index]);
            }
        }
        expected.removeAll(ONCE);
        assertThat(
                        Database.rows(
                                """
                                select calendar_date
                                from analytics.bank_holidays
                                where division = '%s' and calendar_date between '2018-01-01' and '2027-12-31'
                                """
                                        .formatted(division)))
                .as(division)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void easterIsThatOfTheTables() {
        assertThat(
                        Database.rows(
                                """
                                select analytics.easter_sunday(year)
                                from unnest(array[1818, 1943, 1954, 1981, 2000, 2008, 2011, 2019, 2038, 2049, 2285]) as years (year)
                                """))
                .containsExactly(
                        "1818-03-22",
                        "1943-04-25",
                        "1954-04-18",
                        "1981-04-19",
                        "2000-04-23",
                        "2008-03-23",
                        "2011-04-24",
                        "2019-04-21",
                        "2038-04-25",
                        "2049-04-18",
                        "2285-03-22");
    }

    @Test
    void daysOfTheCalendarNameTheirHolidays() {
        assertThat(
                        Database.rows(
                                """
                                select calendar_date, holiday_england_and_wales, holiday_scotland, holiday_northern_ireland
                                from analytics.calendar
                                where calendar_date in ('2022-01-03', '2022-01-04', '2026-07-13', '2006-11-30', '2007-11-30')
                                order by calendar_date
                                """))
                .containsExactly(
                        "2006-11-30|-|-|-",
                        "2007-11-30|-|St Andrew's Day|-",
                        "2022-01-03|New Year's Day|New Year's Day|New Year's Day",
                        "2022-01-04|-|2nd January|-",
                        "2026-07-13|-|-|Battle of the Boyne");
        assertThat(
                        Database.rows(
                                "select count(*), count(distinct calendar_date) from analytics.calendar"))
                .isEqualTo(Database.rows("select count(*), count(*) from warehouse.dim_date"));
    }
}
