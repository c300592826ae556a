package io.shopflow.extract.api;

/** Explains an API's unusable responses to the user: what they mean and what to do. */
public interface ErrorAdvice {

    /** Explains a status that a retry does not change: any but 200, 408, 425, 429 and 5xx. */
    InvalidResponseException rejected(ApiResponse response);

    /** The API's code of an error, e.g. {@code rest_no_route}; empty if the body has none. */
    String errorCode(ApiResponse response);

    /** Describes a body that is not JSON, without quoting it. */
    String notJson(byte[] body);
}
