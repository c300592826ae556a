package io.shopflow.extract.run;

/**
 * This invocation may write nothing more: the lease of its run went to another one, which goes on
 * from what is committed.
 */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
