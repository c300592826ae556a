package io.shopflow.extract.run;

/**
 * This invocation must not write any more: another one took the lease of its run and continues from
 * what is committed.
 */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
