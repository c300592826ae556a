package io.shopflow.local.servers;

import org.jspecify.annotations.Nullable;

/**
 * Who signed a request to AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html">The
 *     Authorization header</a>
 */
public final class AccessKey {

    private static final String BEFORE = "Credential=";

    private AccessKey() {}

    /** The access key id in an {@code Authorization} header; empty where there is none. */
    public static String of(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        int start = authorization.indexOf(BEFORE);
        int end = start < 0 ? -1 : authorization.indexOf('/', start);
        return end < 0 ? "" : authorization.substring(start + BEFORE.length(), end);
    }
}
