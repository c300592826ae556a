package io.shopflow.extract.api;

import java.time.Instant;

/** A list of an API, page by page. */
public interface ApiList {

    /** The list's name in messages, e.g. {@code orders}. */
    String name();

    /** The list's address for messages: without query and credentials. */
    String address();

    /** Rows per page. */
    int pageSize();

    /** The server's clock as of its last response. */
    Instant serverTime();
}
