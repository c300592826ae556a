package io.shopflow.extract.woocommerce;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Describes an answer that is not JSON, without quoting its content. */
final class PageOfText {

    private static final int LOOKED_AT = 20_000;

    /** Messages that PHP prints into an answer if it is configured to display errors. */
    private static final Pattern PHP_MESSAGE =
            Pattern.compile(
                    "^(?:<br ?/?>\\s*)?(?:<b>)?(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|Fatal error|Parse error)(?:</b>)?:");

    private PageOfText() {}

    static String what(byte[] body) {
        String text =
                new String(body, 0, Math.min(LOOKED_AT, body.length), StandardCharsets.UTF_8)
                        .replace("\uFEFF", "")
                        .strip();
        if (PHP_MESSAGE.matcher(text).find()) {
            return "answers with a message of PHP before the JSON. Let PHP write its messages to a log"
                    + " (in wp-config.php: WP_DEBUG_DISPLAY false), and mend what it complains of";
        }
        if (!text.startsWith("<")) {
            return "answers something else than JSON, or half of it";
        }
        String html = text.toLowerCase(Locale.ROOT);
        return html.contains("type=\"password\"") || html.contains("wp-login")
                ? "answers with a login page. Let everybody reach /wp-json/ (the keys protect it), in"
                        + " the plugin that asks visitors to log in"
                : "answers with a web page. Open the address in a browser: a maintenance page, a"
                        + " firewall or a cache may stand in front of the API";
    }

    /** Whether an address is that of a login page. */
    static boolean isLogin(String address) {
        return address.toLowerCase(Locale.ROOT)
                .matches(".*(wp-login|/login|/log-in|/signin|/sign-in|/my-account|/sso|/oauth).*");
    }
}
