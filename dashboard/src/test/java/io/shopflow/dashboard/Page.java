package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as a browser gets it. */
record Page(String html) {

    /** The page after whatever has been loaded was closed as a run. */
    static Page at(String path) {
        Warehouse.refreshMarts();
        return whileLoading(path);
    }

    /**
     * The page as it is now: what was loaded since the last closed run is in none of its figures.
     */
    static Page whileLoading(String path) {
        String html =
                given().urlEncodingEnabled(false)
                        .get(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        // Qute's output if no formatter accepts the value.
        assertThat(html).doesNotContain("NOT_FOUND");
        return new Page(html);
    }

    /** The exact figure of a card. */
    String card(String name) {
        Matcher value = Pattern.compile("<data value=\"([^\"]*)\"").matcher(cardHtml(name));
        return value.find() ? value.group(1) : "none";
    }

    /** The text of a card, without markup. */
    String cardText(String name) {
        return text(cardHtml(name));
    }

    private String cardHtml(String name) {
        int start = html.indexOf("id=\"card-" + name + "\"");
        return html.substring(start, html.indexOf("</article>", start));
    }

    /** The text of the rows of the table with this caption, cells separated by a bar. */
    List<String> table(String caption) {
        int start = html.indexOf(">" + caption + "</caption>");
        if (start < 0) {
            return List.of();
        }
        String table = html.substring(start, html.indexOf("</table>", start));
        List<String> rows = new ArrayList<>();
        Matcher row =
                Pattern.compile("<tr[^>]*>(.*?)</tr>", Pattern.DOTALL)
                        .matcher(table.substring(table.indexOf("<tbody>")));
        while (row.find()) {
            rows.add(text(row.group(1).replaceAll("</t[hd]>\\s*<t[hd][^>]*>", " | ")));
        }
        return rows;
    }

    String text() {
        return text(html);
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ").strip();
    }
}
