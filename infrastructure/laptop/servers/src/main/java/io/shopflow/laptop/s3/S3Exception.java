package io.shopflow.laptop.s3;

import java.io.IOException;

/** A request fails with an error response. */
final class S3Exception extends IOException {

    private static final long serialVersionUID = 1;

    private final S3Error error;

    S3Exception(S3Error error) {
        super(error.message());
        this.error = error;
    }

    S3Error error() {
        return error;
    }
}
