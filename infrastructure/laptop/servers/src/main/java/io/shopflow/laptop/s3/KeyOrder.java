package io.shopflow.laptop.s3;

import java.util.Comparator;

/**
 * The order of keys in lists: that of their bytes in UTF-8, which is that of code points. {@link
 * String#compareTo} compares UTF-16, in which surrogates come before U+E000.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
 */
enum KeyOrder implements Comparator<String> {
    UTF_8;

    @Override
    public int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? a - b
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }
}
