package io.shopflow.extract.run;

/**
 * Another invocation is at work on the same run: its request was delivered twice. This one gives
 * up; when the request comes again, what the other did is there.
 */
final class ConcurrentRunException extends RuntimeException {

    ConcurrentRunException(String key) {
        super(key + " was written by another invocation of the same run");
    }
}
