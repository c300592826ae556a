package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The rows of views, held against what the database has. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class ExplorePageTest {
    private static final String VIEW = "/explore/explored";

    @AfterEach
    void withoutTheViewOfTests() {
        Warehouse.empty().run("drop view if exists analytics.explored, analytics.slow cascade");
    }

    private static Warehouse view(String query) {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run("drop view if exists analytics.explored cascade");
        warehouse.run("create view analytics.explored as " + query);
        return warehouse;
    }

    /** One row of every kind of column, and one without any value. */
    private static void kinds() {
        view(
                """
                select * from (values
                    ('a', 'Oak <b>tray</b> & "lid"', 10::bigint, 1.50::numeric, date '2026-03-01',
                        timestamptz '2026-03-01 10:00:00.5+00', timestamp '2026-03-01 10:00:00', true, array['x', 'y'], 1.5::float8, 0.1::real),
                    ('b', '100%_\\ off', -5::bigint, 2.25::numeric, date '2026-03-02',
                        timestamptz '2026-03-02 23:59:59+00', timestamp '2026-03-02 23:59:59', false, array['z'], -2.5::float8, 0.2::real),
                    ('c', '', 9007199254740993::bigint, 0::numeric, date '1850-01-01',
                        timestamptz '2026-03-03 00:00:00+02', timestamp '2026-03-03 00:00:00', true, null, 'NaN'::float8, null),
                    ('d', null, null, null, null, null, null, null, null, null, null)
                ) as v (id, name, n, price, day, at, local_at, ok, tags, ratio, small)
                """);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** The first column of the rows of a page. */
    private static List<String> ids(String query) {
        return Page.whileLoading(VIEW + query).table("Rows of explored").stream()
                .map(row -> row.split(" \\| ")[0])
                .toList();
    }

    @Test
    void allViewsOfTheSchemaAreListedWithTheirComments() {
        Warehouse warehouse = view("select 1 as n");
        warehouse.run("comment on view analytics.explored is 'A <i>comment</i>.'");
        Page page = Page.at("/explore");
        assertThat(page.table("Views"))
                .contains("explored | 1 | A &lt;i&gt;comment&lt;/i&gt;.")
                .anyMatch(row -> row.startsWith("sales_orders | "))
                .hasSize(
                        Integer.parseInt(
                                Warehouse.value(
                                        "select count(*) from pg_views where schemaname = 'analytics'")));
        assertThat(page.html())
                .contains(
                        "<a href=\"/explore/explored\">",
                        "href=\"/explore\" aria-current=\"page\"");
        assertThat(Page.at("/").html()).contains("<a href=\"/explore\">Explore</a>");
    }

    @Test
    void whatTheRoleMayNotReadIsNotThere() {
        Warehouse warehouse = view("select 1 as n, 2 as m");
        warehouse.run("revoke select on analytics.explored from shopflow_dashboard");
        assertThat(Page.at("/explore").text()).doesNotContain("explored");
        given().get(VIEW).then().statusCode(400);
        warehouse.run("grant select (m) on analytics.explored to shopflow_dashboard");
        assertThat(Page.at(VIEW).table("Rows of explored")).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "id.is=a; a",
                "id.is=A; ''",
                "name.has=TRAY; a",
                "name.has=%25_; b",
                "name.has=%25%25; ''",
                "name.has=_%5C; b",
                "name.has=%22lid%22; a",
                "name.is=%27+or+%27%27%3D%27; ''",
                "name.has=%27%3B+drop+view+analytics.explored%3B--; ''",
                "name.has=%3F; ''",
                "name.has=%7B0%7D; ''",
                "name.empty=yes; c,d",
                "name.empty=no; a,b",
                "n.is=10; a",
                "n.is=10.0; a",
                "n.is=10.5; ''",
                "n.min=-5; a,b,c",
                "n.max=10; a,b",
                "n.min=-4&n.max=10; a",
                "n.is=9007199254740993; c",
                "n.is=9007199254740992; ''",
                "n.min=99999999999999999999999; ''",
                "n.empty=yes; d",
                "price.min=1.5; a,b",
                "price.max=1.4999; c",
                "day.is=2026-03-01; a",
                "day.min=2026-03-01; a,b",
                "day.max=2026-03-01; a,c",
                "day.empty=no; a,b,c",
                "at.is=2026-03-02; b,c",
                "at.max=2026-03-01; a",
                "at.min=2026-03-02T22:00; b,c",
                "at.min=2026-03-02T22:00:01; b",
                "at.min=2026-03-03T00:00:00%2B02:00; b,c",
                "at.max=2026-03-01T10:00; ''",
                "local_at.is=2026-03-03; c",
                "local_at.max=2026-03-02; a,b",
                "ok.is=true; a,c",
                "ok.empty=yes; d",
                "tags.has=y; a",
                "tags.is=%7Bz%7D; b",
                "ratio.is=1.5; a",
                "small.is=0.1; a",
                "small.min=0.15; b",
                "small.max=1000000000000000000000000000000000000000; a,b",
                "ok.is=true&day.min=2000-01-01; a",
                "id.is=&n.min=&name.empty=; a,b,c,d",
            })
    void eachKindOfColumnHasItsFilters(String query, String expected) {
        kinds();
        assertThat(String.join(",", ids("?" + query))).as(query).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n; b,a,c; c,a,b",
                "price; c,a,b; b,a,c",
                "day; c,a,b; b,a,c",
                "at; a,c,b; b,c,a",
                "ok; b,a,c; a,c,b",
                "ratio; b,a,c; c,a,b",
                "name; c,b,a; a,b,c",
            })
    void eachColumnSortsWithEmptyValuesLast(String column, String rising, String falling) {
        kinds();
        assertThat(String.join(",", ids("?sort=" + column))).isEqualTo(rising + ",d");
        assertThat(String.join(",", ids("?sort=" + column + "&order=desc")))
                .isEqualTo(falling + ",d");
        assertThat(Page.whileLoading(VIEW + "?sort=" + column + "&order=desc").html())
                .containsOnlyOnce("aria-sort=\"descending\"")
                .contains("href=\"" + VIEW + "?sort=" + column + "&amp;order=asc#rows-title\"");
    }

    @Test
    void aPageHasValuesAsTheyAreAndTextIsNotMarkup() {
        kinds();
        Warehouse.empty().run("comment on column analytics.explored.n is 'Number <of> \"x\".'");
        Page page = Page.whileLoading(VIEW);
        assertThat(page.table("Rows of explored"))
                .containsExactly(
                        "a | Oak &lt;b&gt;tray&lt;/b&gt; &amp; &quot;lid&quot; | 10 | 1.50 | 2026-03-01 | 2026-03-01T10:00:00.5Z | 2026-03-01T10:00:00 | true | {x,y} | 1.5 | 0.1",
                        "b | 100%_\\ off | -5 | 2.25 | 2026-03-02 | 2026-03-02T23:59:59Z | 2026-03-02T23:59:59 | false | {z} | -2.5 | 0.2",
                        "c | – | 9007199254740993 | 0 | 1850-01-01 | 2026-03-02T22:00:00Z | 2026-03-03T00:00:00 | true | – | NaN | –",
                        "d | – | – | – | – | – | – | – | – | – | –");
        assertThat(page.html())
                .contains("title=\"Number &lt;of&gt; &quot;x&quot;.\"")
                .doesNotContain("<b>tray");
        assertThat(
                        Page.whileLoading(
                                        VIEW
                                                + "?name.has="
                                                + encoded("\"><script>alert(1)</script>"))
                                .html())
                .doesNotContain("<script>alert");
    }

    private static @Nullable String link(String html, String rel) {
        Matcher link =
                Pattern.compile("href=\"([^\"#]*)[^\"]*\" rel=\"" + rel + "\"").matcher(html);
        return link.find() ? link.group(1).replace("&amp;", "&") : null;
    }

    /**
     * Rows of few values, so that many are equal in some or all columns or empty: all pages
     * together have each of them as often as the database, forwards and backwards.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0, '', ''",
        "2, 49, 'sort=t', ''",
        "3, 50, 'sort=n&order=desc', ''",
        "4, 51, 'sort=at&order=desc', ''",
        "5, 420, 'sort=t&order=desc', ''",
        "6, 420, 'sort=n&order=asc', 'n.min=0'",
        "7, 420, 'sort=day&order=desc', ''",
        "8, 420, 'sort=ok', 't.empty=no'",
        "9, 420, 'sort=f&order=desc', ''",
        "10, 420, '', ''",
        "11, 420, 'sort=tags', ''",
    })
    void pagesHaveEachRowOnce(int seed, int count, String sort, String filter) {
        Warehouse warehouse = Warehouse.empty();
        warehouse.run("drop table if exists warehouse.explored");
        warehouse.run(
                "create table warehouse.explored (t text, n numeric, day date, at timestamptz, ok boolean, f float8, tags text[])");
        Random random = new Random(seed);
        String[] texts = {
            "a", "A", "ä", "b,1", "-", "5:x", "", "O'Neil \"x\" \\", "zz\u2028\uD83D\uDE00"
        };
        String[] numbers = {"1", "1.0", "1.00", "-3", "NaN", "0", "12345678901234567890.5"};
        String[] floats = {"0", "-0", "1e30", "NaN", "Infinity", "-Infinity", "0.1"};
        for (int i = 0; i < count; i++) {
            warehouse.run(
                    "insert into warehouse.explored values (?, cast(? as numeric), cast(? as date), cast(? as timestamptz), cast(? as boolean), cast(? as float8), cast(? as text[]))",
                    any(random, texts),
                    any(random, numbers),
                    any(random, "2026-03-01", "2026-03-02", "infinity"),
                    any(
                            random,
                            "2026-03-29 00:30:00.000001+00",
                            "2026-03-29 01:30:00+00",
                            "-infinity"),
                    any(random, "true", "false"),
                    any(random, floats),
                    any(random, "{}", "{a,b}"));
        }
        // Whole pages of equal rows.
        if (count > 400) {
            warehouse.run(
                    "insert into warehouse.explored select 'b,1', 1, '2026-03-01', '2026-03-29 01:30:00+00', true, 0, '{a,b}' from generate_series(1, 170)");
            warehouse.run("insert into warehouse.explored select from generate_series(1, 130)");
        }
        warehouse.run("create view analytics.explored as select * from warehouse.explored");
        try {
            List<List<String>> forwards = new ArrayList<>();
            String at = VIEW + "?" + sort + "&" + filter;
            String last = at;
            while (at != null) {
                Page page = Page.whileLoading(at);
                forwards.add(page.table("Rows of explored"));
                last = at;
                at = link(page.html(), "next");
            }
            List<String> rows = forwards.stream().flatMap(List::stream).toList();
            assertThat(rows).containsExactlyElementsOf(csvRows(sort, filter, rows));
            List<List<String>> backwards = new ArrayList<>();
            at = last;
            while (at != null) {
                Page page = Page.whileLoading(at);
                backwards.addFirst(page.table("Rows of explored"));
                at = link(page.html(), "prev");
            }
            assertThat(backwards.stream().flatMap(List::stream).toList()).isEqualTo(rows);
        } finally {
            warehouse.run("drop view analytics.explored");
            warehouse.run("drop table warehouse.explored");
        }
    }

    private static @Nullable String any(Random random, String... values) {
        int chosen = random.nextInt(values.length + 1);
        return chosen == values.length ? null : values[chosen];
    }

    /** The rows of the database itself, in the sequence of the page if they are the same rows. */
    private static List<String> csvRows(String sort, String filter, List<String> shown) {
        String number =
                Warehouse.value(
                        "select count(*) from analytics.explored"
                                + (filter.equals("n.min=0") ? " where n >= 0" : "")
                                + (filter.equals("t.empty=no") ? " where t <> ''" : ""));
        assertThat(shown).hasSize(Integer.parseInt(number));
        Response file = given().urlEncodingEnabled(false).get(VIEW + ".csv?" + sort + "&" + filter);
        Map<String, Integer> counts = new HashMap<>();
        csv(file.asByteArray()).stream()
                .skip(1)
                .map(
                        cells ->
                                String.join(
                                        " | ",
                                        cells.stream()
                                                .map(c -> c.isEmpty() ? "–" : html(c))
                                                .toList()))
                .forEach(row -> counts.merge(row.replaceAll("\\s+", " "), 1, Integer::sum));
        Map<String, Integer> onPages = new HashMap<>();
        shown.forEach(row -> onPages.merge(row, 1, Integer::sum));
        assertThat(onPages).isEqualTo(counts);
        return shown;
    }

    private static String html(String cell) {
        String plain = cell.matches("'[-=+@].*") ? cell.substring(1) : cell;
        return plain.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** The cells of a CSV file, as RFC 4180 has them. */
    private static List<List<String>> csv(byte[] file) {
        String text = new String(file, UTF_8);
        assertThat(text).startsWith("\uFEFF").endsWith("\r\n");
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.substring(1).split("\r\n")) {
            List<String> cells = new ArrayList<>();
            Matcher cell =
                    Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(,|$)").matcher(line);
            while (cell.lookingAt()) {
                cells.add(
                        cell.group(1) == null
                                ? cell.group(2)
                                : cell.group(1).replace("\"\"", "\""));
                if (cell.group(3).isEmpty()) {
                    break;
                }
                cell.region(cell.end(), line.length());
            }
            rows.add(cells);
        }
        return rows;
    }

    @Test
    void aPlaceStaysWhereItIsWhenRowsAreAddedAndDeleted() {
        Warehouse warehouse = Warehouse.empty();
        warehouse.run(
                "create table warehouse.explored as select n from generate_series(1, 200) as n");
        warehouse.run("create view analytics.explored as select * from warehouse.explored");
        try {
            String second = link(Page.whileLoading(VIEW).html(), "next");
            warehouse.run("insert into warehouse.explored values (0), (50), (-7)");
            warehouse.run("delete from warehouse.explored where n in (3, 50)");
            Page page = Page.whileLoading(second);
            assertThat(page.table("Rows of explored")).startsWith("51").endsWith("100").hasSize(50);
            assertThat(Page.whileLoading(link(page.html(), "prev")).table("Rows of explored"))
                    .startsWith("-7", "0", "1")
                    .hasSize(50)
                    .endsWith("49");
        } finally {
            warehouse.run("drop view analytics.explored");
            warehouse.run("drop table warehouse.explored");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/explore/nothing|view is nothing|one of ",
                "/explore/pg_roles|view is pg_roles|sales_orders",
                "/explore/explored%22%3B--|view is explored&quot;;--|one of ",
                "/explore/explored?nothing.is=1|nothing.is is 1|The columns are id, name, n",
                "/explore/explored?name=Oak|name is Oak|a filter, which is a column",
                "/explore/explored?n.has=1|n.has is 1|n.is, n.min, n.max, n.empty",
                "/explore/explored?name.min=1|name.min is 1|name.is, name.has, name.empty",
                "/explore/explored?n.min=x|n.min is x|a number such as 1250",
                "/explore/explored?n.min=1e9|n.min is 1e9|a number such as 1250",
                "/explore/explored?day.is=2026-02-30|day.is is 2026-02-30|YYYY-MM-DD",
                "/explore/explored?at.max=noon|at.max is noon|YYYY-MM-DDTHH:MM, in UTC",
                "/explore/explored?ok.is=1|ok.is is 1|true or false",
                "/explore/explored?n.empty=maybe|n.empty is maybe|yes or no",
                "/explore/explored?sort=nothing|sort is nothing|one of id, name, n",
                "/explore/explored?sort=n%3Bdrop|sort is n;drop|one of id, name, n",
                "/explore/explored?order=up|order is up|asc or desc",
                "/explore/explored?after=x|after is x|the links Previous and Next",
                "/explore/explored?sort=n&after=MDsxOng|after is MDsxOng|the links Previous and Next",
                "/explore/explored?after=MDsx&before=MDsx|before is MDsx|nothing beside after",
                "/explore/explored?id.is=a&id.is=b|id.is is a, b|one value",
                "/explore/explored?name.has=%00|name.has is|at most 200 characters",
                "/explore/explored.csv?n.min=x|n.min is x|a number such as 1250",
                "/explore/explored.xlsx?sort=x|sort is x|one of id",
                "/explore/nothing.csv|view is nothing|one of ",
            })
    void anInvalidParameterIsReportedWithTheAllowedValues(
            String address, String mistake, String allowed) {
        kinds();
        Response answer = given().urlEncodingEnabled(false).get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(400);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(new Page(answer.asString()).text())
                .contains("This address cannot be shown", mistake, allowed);
    }

    @Test
    void withoutAMatchTheFiltersCanBeRemoved() {
        kinds();
        Page page = Page.whileLoading(VIEW + "?id.is=a&n.min=11&sort=n&order=desc");
        assertThat(page.text())
                .contains("No row matches.", "id equals “a”", "n at least “11”")
                .doesNotContain("Download as CSV");
        assertThat(page.html())
                .contains(
                        "<a href=\"/explore/explored?sort=n&amp;order=desc\">Remove all filters</a>",
                        "<a href=\"/explore/explored?id.is=a&amp;sort=n&amp;order=desc\">Remove");
    }

    @Test
    void aPageIsSentAgainOnlyIfItChanged() {
        Warehouse warehouse = view("select 1 as n");
        String tag = given().get(VIEW).header("ETag");
        given().header("If-None-Match", tag).get(VIEW).then().statusCode(304);
        given().header("If-None-Match", tag).get(VIEW + "?n.is=1").then().statusCode(200);
        String file = given().get(VIEW + ".csv").header("ETag");
        given().header("If-None-Match", file).get(VIEW + ".csv").then().statusCode(304);
        warehouse.loaded("shop", Warehouse.RUN, "orders", 2);
        given().header("If-None-Match", tag).get(VIEW).then().statusCode(200);
        String current = given().get(VIEW).header("ETag");
        warehouse.run("drop view analytics.explored");
        warehouse.run("create view analytics.explored as select 1 as n, 2 as m");
        given().header("If-None-Match", current).get(VIEW).then().statusCode(200);
    }

    @Test
    void aPageShowsHowFreshItsRowsAreAndWhatPutsThemInDoubt() {
        view("select 1 as n");
        Page page = Page.at(VIEW);
        assertThat(page.text())
                .contains("Source shop · newest order 31 Mar 2026", "last complete run");
        assertThat(page.html()).contains("class=\"notice notice-");
    }

    @Test
    void theCsvFileHasTheFilteredRowsAndNoFormulas() {
        view(
                """
                select * from (values
                    ('=HYPERLINK("x"), 1', -5::bigint, timestamptz '2026-03-01 10:00+00'),
                    ('@a', 7, null),
                    ('007', 8, null)
                ) as v (id, "n ""q"", %s ?", at)
                """);
        Response file =
                given().urlEncodingEnabled(false)
                        .get(
                                VIEW
                                        + ".csv?"
                                        + encoded("n \"q\", %s ?")
                                        + ".max=7&sort=id&order=desc");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.contentType()).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"explored.csv\"");
        assertThat(new String(file.asByteArray(), UTF_8).split("\r\n"))
                .containsExactlyInAnyOrder(
                        "\uFEFF\"id\",\"n \"\"q\"\", %s ?\",\"at\"",
                        "\"'@a\",7,", "\"'=HYPERLINK(\"\"x\"\"), 1\",-5,2026-03-01T10:00:00Z");
        given().head(VIEW + ".csv").then().statusCode(200);
    }

    /** A cell: its type, its value, and whether its style is a date's. */
    private record Found(String type, String value, boolean date) {}

    /** By the directory at the end, as spreadsheets read it: sizes are nowhere else. */
    private static Map<String, byte[]> parts(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("explored", ".xlsx");
        Files.write(file, workbook);
        Map<String, byte[]> parts = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } finally {
            Files.delete(file);
        }
        return parts;
    }

    private static Document xml(byte[] part) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setNamespaceAware(true);
        return parsers.newDocumentBuilder().parse(new ByteArrayInputStream(part));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<List<Found>> sheet(byte[] workbook) throws Exception {
        Map<String, byte[]> parts = parts(workbook);
        Element styles = xml(parts.get("xl/styles.xml")).getDocumentElement();
        Map<String, String> formats = new HashMap<>();
        elements(styles, "numFmt")
                .forEach(
                        f -> formats.put(f.getAttribute("numFmtId"), f.getAttribute("formatCode")));
        List<Element> cellStyles = elements(elements(styles, "cellXfs").getFirst(), "xf");
        Element sheet = xml(parts.get("xl/worksheets/sheet1.xml")).getDocumentElement();
        assertThat(elements(sheet, "f")).isEmpty();
        List<List<Found>> rows = new ArrayList<>();
        for (Element row : elements(sheet, "row")) {
            List<Found> cells = new ArrayList<>();
            for (Element cell : elements(row, "c")) {
                String style = cell.getAttribute("s");
                String format =
                        style.isEmpty()
                                ? ""
                                : formats.getOrDefault(
                                        cellStyles
                                                .get(Integer.parseInt(style))
                                                .getAttribute("numFmtId"),
                                        "");
                cells.add(
                        new Found(
                                cell.getAttribute("t"),
                                cell.getTextContent(),
                                format.contains("yyyy")));
            }
            rows.add(cells);
        }
        return rows;
    }

    @Test
    void theWorkbookHasNumbersAndTimesAsSuchAndIdsAsText() throws Exception {
        view(
                """
                select * from (values
                    ('007', '=1+1 <b>&', 10::bigint, 1.50::numeric, date '2026-03-01',
                        timestamptz '2026-03-01 12:00+00', true, 9007199254740993::bigint, date '1850-01-01', repeat('x', 40000)),
                    ('1e5', null, -5, 0.1, null, null, false, null, null, null)
                ) as v (id, name, n, price, day, at, ok, large, old, long)
                """);
        Response file = given().get(VIEW + ".xlsx?sort=id");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.contentType())
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"explored.xlsx\"");
        List<List<Found>> rows = sheet(file.asByteArray());
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).stream().map(Found::value))
                .containsExactly(
                        "id", "name", "n", "price", "day", "at", "ok", "large", "old", "long");
        // Days since 1899-12-30: Excel's calendar.
        long day = LocalDate.of(2026, 3, 1).toEpochDay() - LocalDate.of(1899, 12, 30).toEpochDay();
        List<Found> first = rows.get(1);
        assertThat(first.get(0)).isEqualTo(new Found("inlineStr", "007", false));
        assertThat(first.get(1)).isEqualTo(new Found("inlineStr", "=1+1 <b>&", false));
        assertThat(first.get(2).value()).isEqualTo("10");
        assertThat(first.get(3).value()).isIn("1.5", "1.50");
        assertThat(first.get(2).type()).isIn("n", "");
        assertThat(Double.parseDouble(first.get(4).value())).isEqualTo(day);
        assertThat(first.get(4).date()).isTrue();
        assertThat(Double.parseDouble(first.get(5).value())).isEqualTo(day + 0.5);
        assertThat(first.get(5).date()).isTrue();
        assertThat(first.get(6)).isEqualTo(new Found("b", "1", false));
        assertThat(first.get(7)).isEqualTo(new Found("inlineStr", "9007199254740993", false));
        assertThat(first.get(8)).isEqualTo(new Found("inlineStr", "1850-01-01", false));
        assertThat(first.get(9).value()).hasSize(32_767).endsWith("x…");
        assertThat(rows.get(2).get(0)).isEqualTo(new Found("inlineStr", "1e5", false));
        assertThat(rows.get(2).get(2).value()).isEqualTo("0.1");
    }

    /** A sheet has no more than 1,048,576 rows, of which one has the names. */
    @Test
    void moreRowsThanASheetHoldsAreOnAnother() throws Exception {
        view("select n from generate_series(1, 1048580) as n");
        Map<String, byte[]> parts = parts(given().get(VIEW + ".xlsx").asByteArray());
        assertThat(parts).containsKeys("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml");
        assertThat(new String(parts.get("xl/workbook.xml"), UTF_8))
                .contains("\"rows\"", "\"rows 2\"");
        String first = new String(parts.get("xl/worksheets/sheet1.xml"), UTF_8);
        assertThat(first).contains("r=\"A1048576\"").doesNotContain("r=\"A1048577\"");
        List<String> second =
                elements(xml(parts.get("xl/worksheets/sheet2.xml")).getDocumentElement(), "row")
                        .stream()
                        .map(Element::getTextContent)
                        .toList();
        assertThat(second)
                .containsExactly("n", "1048576", "1048577", "1048578", "1048579", "1048580");
    }

    @Test
    void rowsAreSentWhileTheyAreRead() throws IOException {
        view(
                "select n, pg_sleep(case when n > 3000 then 0.01 else 0 end)::text as slept from generate_series(1, 3300) as n");
        long start = System.nanoTime();
        try (InputStream file = given().get(VIEW + ".csv").asInputStream()) {
            byte[] beginning = file.readNBytes(1000);
            assertThat(new String(beginning, UTF_8)).contains("\"n\",\"slept\"");
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            file.transferTo(rest);
            assertThat(rest.toString(UTF_8)).endsWith("3300,\r\n");
        }
        assertThat(System.nanoTime() - start).isGreaterThan(2_000_000_000L);
    }

    /**
     * A file that ends early looks whole; a connection that breaks does not. Several times: the
     * packaged application ended one of two such answers as if it were whole.
     */
    @ParameterizedTest
    @CsvSource({"csv", "xlsx", "csv", "xlsx", "csv", "xlsx", "csv", "xlsx"})
    void aFileThatFailsInTheMiddleIsBroken(String extension) throws IOException {
        view(
                "select n, repeat('x', 500) || 1 / (20000 - n) as t from generate_series(1, 30000) as n");
        int port = io.restassured.RestAssured.port;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + VIEW
                                            + "."
                                            + extension
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // The connection was reset.
                answer.write('\n');
            }
            String text = answer.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(text).startsWith("HTTP/1.1 200");
            // The last chunk of a whole answer.
            assertThat(text).doesNotEndWith("0\r\n\r\n");
        }
        given().get("/explore").then().statusCode(200);
    }

    @Test
    void aReaderWhoStopsADownloadCausesNoErrorAndLeavesTheConnection() throws Exception {
        view("select n, repeat('x', 1000) as t from generate_series(1, 300000) as n");
        LoggedLines log = LoggedLines.of("io.shopflow.dashboard.page.Failures");
        for (int i = 0; i < 9; i++) {
            try (Socket socket = new Socket("127.0.0.1", io.restassured.RestAssured.port)) {
                socket.getOutputStream()
                        .write(
                                ("GET " + VIEW + ".csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                        .getBytes(UTF_8));
                assertThat(socket.getInputStream().readNBytes(20_000)).hasSize(20_000);
            }
            long patience = System.nanoTime() + 10_000_000_000L;
            while (!idle() && System.nanoTime() < patience) {
                Thread.sleep(20);
            }
            assertThat(idle()).isTrue();
        }
        assertThat(log.lines()).isEmpty();
        given().get(VIEW).then().statusCode(200);
    }

    /** Whether the application has no transaction open. */
    private static boolean idle() {
        return Warehouse.value(
                        "select count(*) from pg_stat_activity where usename = 'shopflow_dashboard' and state <> 'idle'")
                .equals("0");
    }

    @Test
    void moreThanThreeFilesAtOnceAreRefusedAndCanBeRetried() throws Exception {
        view("select n, repeat('x', 1000) as t from generate_series(1, 300000) as n");
        List<Socket> downloads = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket("127.0.0.1", io.restassured.RestAssured.port);
                downloads.add(socket);
                socket.getOutputStream()
                        .write(
                                ("GET " + VIEW + ".csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                        .getBytes(UTF_8));
                assertThat(socket.getInputStream().readNBytes(20_000)).hasSize(20_000);
            }
            Response refused = given().get(VIEW + ".csv");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(refused.asString()).contains("Other files are being downloaded");
            given().get(VIEW).then().statusCode(200);
        } finally {
            for (Socket socket : downloads) {
                socket.close();
            }
        }
        long patience = System.nanoTime() + 10_000_000_000L;
        while (!idle() && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        given().get(VIEW + ".csv?n.max=2").then().statusCode(200);
    }

    /** Before the first row, a failure is a page. */
    @Test
    void aFileThatCannotBeginIsAPage() {
        view("select 1 / (n - 1) as t from generate_series(1, 3) as n");
        Response answer = given().get(VIEW + ".csv");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.asString()).contains("Internal error").doesNotContain("division");
    }

    @ParameterizedTest
    @CsvSource({"''", ".csv", ".xlsx"})
    void aQueryThatTakesTooLongSaysWhatToDo(String extension) {
        view("select n, pg_sleep(11)::text as slept from generate_series(1, 2) as n");
        Response answer = given().get(VIEW + extension + "?n.min=1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(new Page(answer.asString()).text())
                .contains("This takes too long", "Choose fewer rows")
                .doesNotContain("Exception", "unavailable");
        assertThat(answer.asString()).contains("<a href=\"" + VIEW + "\">");
        given().get("/explore").then().statusCode(200);
    }

    @Test
    void whoReadsWhichViewIsLoggedWithoutItsRows() {
        kinds();
        LoggedLines log = LoggedLines.of("io.shopflow.dashboard.explore.ExploreRequests");
        given().get(VIEW + "?id.is=a").then().statusCode(200);
        given().get(VIEW + ".csv").then().statusCode(200);
        assertThat(log.lines())
                .containsExactly(
                        "view_read reader=local view=/explore/explored as=page",
                        "view_read reader=local view=/explore/explored as=csv");
    }

    /** The dictionary has the privacy of each column: none that is shown is of a person. */
    @Test
    void noColumnHoldsPersonalData() throws IOException {
        Warehouse.empty().smallShop();
        String dictionary =
                Files.readString(
                        Path.of(
                                System.getProperty("shopflow.home"),
                                "docs/reference/dictionary.md"));
        for (String row : Page.at("/explore").table("Views")) {
            String view = row.split(" \\| ")[0];
            int start = dictionary.indexOf("### analytics." + view + "\n");
            assertThat(start).as(view).isPositive();
            String table = dictionary.substring(start, dictionary.indexOf("\n### ", start + 1));
            Map<String, String> privacy = new HashMap<>();
            Matcher line =
                    Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| (\\w+) \\|").matcher(table);
            while (line.find()) {
                privacy.put(line.group(1), line.group(2));
            }
            Matcher column =
                    Pattern.compile("<legend><code>([^<]+)</code>")
                            .matcher(Page.whileLoading("/explore/" + view).html());
            List<String> shown = new ArrayList<>();
            while (column.find()) {
                shown.add(column.group(1));
                assertThat(privacy.get(column.group(1)))
                        .as(view + "." + column.group(1))
                        .isIn("public", "pseudonymised");
            }
            assertThat(shown).hasSameSizeAs(privacy.keySet());
        }
    }
}
