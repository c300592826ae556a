package io.shopflow.extract.api;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import org.jspecify.annotations.Nullable;

/** Explains why a server's certificate is rejected; a retry does not help. */
final class CertificateFault {

    private CertificateFault() {}

    /** The fault, and what to do; null if the certificate is not the cause. */
    static @Nullable String of(Throwable failure) {
        String found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "has a certificate that has expired. Renew it in the shop";
            }
            if (cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException) {
                return "has a certificate that no known authority signed: it is self-signed, or the"
                        + " shop does not send the certificates in between. Give the shop one that"
                        + " browsers accept (Let's Encrypt gives them free of charge)";
            }
            if (cause instanceof CertificateException) {
                found =
                        "has a certificate that is not valid for this address. Put the name that"
                                + " the certificate is for into the property url, or give the shop a"
                                + " certificate for this name";
            }
        }
        return found;
    }
}
