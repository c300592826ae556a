package io.shopflow.laptop.s3;

/**
 * The error responses.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
enum S3Error {
    BAD_DIGEST(400, "BadDigest", "The checksum that you specified is not that of the content."),
    INCOMPLETE_BODY(400, "IncompleteBody", "The content is shorter or longer than you said."),
    INVALID_ARGUMENT(400, "InvalidArgument", "An argument of the request cannot be read."),
    INVALID_URI(400, "InvalidURI", "The URI is not UTF-8."),
    KEY_TOO_LONG(400, "KeyTooLongError", "The key is longer than 1024 bytes of UTF-8."),
    OTHER_CONTENT(
            400,
            "XAmzContentSHA256Mismatch",
            "The header 'x-amz-content-sha256' is not the hash of the content."),
    SIGNATURE_DOES_NOT_MATCH(
            403, "SignatureDoesNotMatch", "The signature of a chunk or of the trailers is wrong."),
    NO_SUCH_BUCKET(404, "NoSuchBucket", "The specified bucket does not exist."),
    NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
    PRECONDITION_FAILED(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold"),
    INTERNAL_ERROR(500, "InternalError", "The server failed; its log contains the reason."),
    NOT_IMPLEMENTED(
            501, "NotImplemented", "This server puts, gets, lists and deletes whole objects."),
    /** The object is stored; its event stays due, and is sent when the queue is available again. */
    QUEUE_UNAVAILABLE(
            503,
            "ServiceUnavailable",
            "The queue of the object's event cannot be reached. Please try again.");

    private final int status;
    private final String code;
    private final String message;

    S3Error(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
