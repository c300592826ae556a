package io.shopflow.dashboard.sales;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A product of a source.
 *
 * @param id the shop's id, of any characters
 */
public record ProductKey(String source, String id) {
    /** Before an id that would not stay as it is in a path: browsers resolve . and .. */
    private static final String MARK = "~";

    /** The product of a page's address. */
    public static ProductKey ofPath(String source, String id) {
        return new ProductKey(source, id.startsWith(MARK) ? id.substring(1) : id);
    }

    /** The address of the product's page. */
    public String path() {
        boolean marked = id.equals(".") || id.equals("..") || id.startsWith(MARK);
        return "/products/" + encoded(source) + "/" + (marked ? MARK : "") + encoded(id);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
