package io.shopflow.extract.woocommerce;

import io.shopflow.extract.api.ApiResponse;
import io.shopflow.extract.api.ErrorAdvice;
import io.shopflow.extract.api.InvalidResponseException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the responses of a WordPress server, or of a server in front of it, mean. */
final class WordPressErrors implements ErrorAdvice {

    private static final int LOOKED_AT = 20_000;

    /** Messages that PHP prints into a response if it is configured to display errors. */
    private static final Pattern PHP_MESSAGE =
            Pattern.compile(
                    "^(?:<br ?/?>\\s*)?(?:<b>)?(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|Fatal error|Parse error)(?:</b>)?:");

    private static final Pattern LOGIN_ADDRESS =
            Pattern.compile(
                    ".*(wp-login|/login|/log-in|/signin|/sign-in|/my-account|/sso|/oauth).*",
                    Pattern.CASE_INSENSITIVE);

    @Override
    public InvalidResponseException rejected(ApiResponse response) {
        String code = errorCode(response);
        String message = "returns " + response.status() + (code.isEmpty() ? "" : " (" + code + ")");
        return switch (response.status()) {
            case 401 ->
                    InvalidResponseException.refused(
                            "key",
                            message
                                    + ": check the properties key and secret; the key must exist in"
                                    + " the shop and have read permission");
            case 403 ->
                    InvalidResponseException.refused(
                            "key",
                            message
                                    + ": the user of the key may not read this, or a firewall in"
                                    + " front of the shop refuses us");
            case 404 ->
                    InvalidResponseException.refused(
                            "url",
                            // With a code it is WordPress, and not a server that shows a page.
                            message
                                    + (code.isEmpty()
                                            ? ": check the property url. If the shop is there, its"
                                                    + " permalinks are 'plain', which its API does"
                                                    + " not support: choose any other structure in"
                                                    + " WordPress under Settings, Permalinks"
                                            : ": check that WooCommerce is active there, in version"
                                                    + " 5.8 or newer"));
            case 300, 301, 302, 303, 307, 308 ->
                    InvalidResponseException.refused("url", message + redirectedTo(response));
            default ->
                    InvalidResponseException.refused(
                            null,
                            message
                                    + ": this WooCommerce does not understand the request; it must"
                                    + " be version 5.8 or newer, and have every state that the"
                                    + " property statuses names");
        };
    }

    /** WordPress's code of an error; its message is not used, as it may quote the request. */
    @Override
    public String errorCode(ApiResponse response) {
        try {
            String code = response.json().path("code").asText("");
            return code.matches("[a-z0-9_]{1,80}") ? code : "";
        } catch (InvalidResponseException e) {
            return "";
        }
    }

    @Override
    public String notJson(byte[] body) {
        String text =
                new String(body, 0, Math.min(LOOKED_AT, body.length), StandardCharsets.UTF_8)
                        .replace("\uFEFF", "")
                        .strip();
        if (PHP_MESSAGE.matcher(text).find()) {
            return "returns a message of PHP before the JSON. Let PHP write its messages to a log"
                    + " (in wp-config.php: WP_DEBUG_DISPLAY false), and fix its cause";
        }
        if (!text.startsWith("<")) {
            return "returns something other than JSON, or a part of it";
        }
        String html = text.toLowerCase(Locale.ROOT);
        return html.contains("type=\"password\"") || html.contains("wp-login")
                ? "returns a login page. Let everybody reach /wp-json/ (the keys protect it), in"
                        + " the plugin that asks visitors to log in"
                : "returns a web page. Open the address in a browser: a maintenance page, a"
                        + " firewall or a cache may stand in front of the API";
    }

    private static String redirectedTo(ApiResponse response) {
        String location = response.header("Location");
        String address = location == null ? "nowhere" : withoutSecrets(location);
        return LOGIN_ADDRESS.matcher(address).matches()
                ? ", a redirect to a login page, "
                        + address
                        + ": let everybody reach /wp-json/ (the keys protect it), in the plugin that"
                        + " asks visitors to log in"
                : ", a redirect to "
                        + address
                        + ": put the address that the shop really has into the property url";
    }

    private static String withoutSecrets(String location) {
        String address = location.split("[?#]", 2)[0].replaceAll("//[^/@]*@", "//");
        return address.substring(0, Math.min(200, address.length()));
    }
}
