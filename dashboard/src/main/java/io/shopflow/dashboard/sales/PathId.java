package io.shopflow.dashboard.sales;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Ids of any characters as parts of a path. */
public final class PathId {
    /** Before an id that would not stay as it is in a path: browsers resolve . and .. */
    private static final String MARK = "~";

    private PathId() {}

    /** The path of a thing of a source below this one. */
    public static String path(String below, String source, String id) {
        boolean marked = id.equals(".") || id.equals("..") || id.startsWith(MARK);
        return below + encoded(source) + "/" + (marked ? MARK : "") + encoded(id);
    }

    /** The id of a part of a path that was decoded. */
    public static String ofPath(String part) {
        return part.startsWith(MARK) ? part.substring(1) : part;
    }

    /** PostgreSQL has no text with this character, so nothing has such an id. */
    public static boolean isPossible(String part) {
        return part.indexOf('\0') < 0;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
