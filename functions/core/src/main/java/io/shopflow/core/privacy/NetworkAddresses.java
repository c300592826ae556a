package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetterOrDigit;

import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Finds IPv6 addresses, RFC 4291, and addresses of devices in folded text. Times and ratios have
 * colons too, so an address needs a group of more than two characters, or eight groups.
 */
final class NetworkAddresses {

    /** {@code 00:1B:44:11:3A:B7} */
    private static final Pattern DEVICE_COLONS =
            Pattern.compile("(?i)(?<![\\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\\w:])");

    /** {@code 00-1B-44-11-3A-B7}, {@code 001B.4411.3AB7}: with a letter, unlike sizes. */
    private static final Pattern DEVICE_MARKS =
            Pattern.compile(
                    "(?i)(?<![\\w.-])(?=[0-9.-]{0,16}[a-f])(?=[a-f.-]{0,16}[0-9])(?:(?:[0-9a-f]{2}-){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4})(?![\\w-])");

    private static final int GROUPS = 8;

    private static final int MAX_GROUP = 4;

    /** Groups of an address that is cut off, such as the prefix of a network. */
    private static final int MIN_GROUPS = 3;

    /** {@code %eth0} */
    private static final int MAX_ZONE = 16;

    private final String text;
    private final BitSet hidden;

    private NetworkAddresses(String text, BitSet hidden) {
        this.text = text;
        this.hidden = hidden;
    }

    /** Finds addresses with colons. */
    static void find(String text, BitSet hidden) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf(':', colon + 1) < 0) {
            return;
        }
        Addresses.hide(DEVICE_COLONS, text, hidden);
        new NetworkAddresses(text, hidden).runs();
    }

    /** Finds addresses of devices with other marks. */
    static void findDevices(String text, BitSet hidden) {
        Addresses.hide(DEVICE_MARKS, text, hidden);
    }

    private void runs() {
        int at = 0;
        while (at < text.length()) {
            if (!isHexOrColon(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && isHexOrColon(text.charAt(end))) {
                end++;
            }
            run(at, end);
            at = end;
        }
    }

    /** Splits hexadecimal groups and colons where a group is a part of a longer word. */
    private void run(int from, int to) {
        int start = from;
        int group = from;
        while (group < to) {
            int end = group;
            while (end < to && text.charAt(end) != ':') {
                end++;
            }
            if (end - group > MAX_GROUP || isGlued(group, end)) {
                address(start, group);
                start = end;
            }
            group = end + 1;
        }
        address(start, to);
    }

    private boolean isGlued(int from, int to) {
        return from < to
                && ((from > 0 && isOfWord(text.charAt(from - 1)))
                        || (to < text.length() && isOfWord(text.charAt(to))));
    }

    private static boolean isOfWord(char c) {
        return isLetterOrDigit(c) || c == '_' || (c >= 0x80 && Character.isLetter(c));
    }

    /** Hides a text of groups and colons if it is an address. */
    private void address(int begin, int limit) {
        int from = begin;
        int to = limit;
        // A single colon is a mark of the sentence.
        if (isColon(from, to) && !isColon(from + 1, to)) {
            from++;
        }
        if (isColon(to - 1, to) && !(to - 2 >= from && isColon(to - 2, to))) {
            to--;
        }
        boolean compressed = false;
        int groups = 0;
        int longest = 0;
        int size = 0;
        int digits = 0;
        int letters = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                compressed |= size == 0 && i > from;
                size = 0;
                continue;
            }
            groups += size == 0 ? 1 : 0;
            size++;
            longest = Math.max(longest, size);
            digits += isDigit(c) ? 1 : 0;
            letters += isDigit(c) ? 0 : 1;
        }
        boolean cut = longest > 2 && letters > 0 && digits > 0 && groups >= MIN_GROUPS;
        boolean address =
                compressed
                        ? groups >= 2 && longest > 2 && digits > 0 && digits + letters > MAX_GROUP
                        : groups == GROUPS || cut || (longest > 2 && groups > MAX_GROUP);
        if (address) {
            hidden.set(from, zoneEnd(to));
        }
    }

    private boolean isColon(int at, int to) {
        return at >= 0 && at < to && text.charAt(at) == ':';
    }

    private int zoneEnd(int at) {
        if (at >= text.length() || text.charAt(at) != '%') {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && end - at <= MAX_ZONE && isOfWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHexOrColon(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':';
    }
}
