package io.shopflow.netty;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Always takes the JDK's TLS, as Quarkus does natively. From 4.1.136 on, netty builds client
 * contexts by an overload that Quarkus does not substitute before 3.33.3.1; the original one needs
 * OpenSSL's classes, which are not on the class path.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class SslContextSubstitutions {

    private SslContextSubstitutions() {}

    @SafeVarargs
    @Substitute
    @SuppressWarnings("unused")
    static SslContext newClientContextInternal(
            SslProvider provider,
            Provider securityProvider,
            X509Certificate[] trusted,
            TrustManagerFactory trustManagers,
            X509Certificate[] certificates,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keyManagers,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig applicationProtocols,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean startTls,
            boolean ocsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException {
        if (ocsp) {
            throw new IllegalArgumentException("the JDK's TLS does not staple OCSP responses");
        }
        return (SslContext)
                (Object)
                        new JdkSslClientContextAlias(
                                securityProvider,
                                trusted,
                                trustManagers,
                                certificates,
                                key,
                                keyPassword,
                                keyManagers,
                                ciphers,
                                cipherFilter,
                                applicationProtocols,
                                protocols,
                                sessionCacheSize,
                                sessionTimeout,
                                random,
                                keyStoreType,
                                endpointIdentification,
                                new ResumptionControllerAlias());
    }

    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JdkSslClientContextAlias {

        @Alias
        @SuppressWarnings("unused")
        JdkSslClientContextAlias(
                Provider securityProvider,
                X509Certificate[] trusted,
                TrustManagerFactory trustManagers,
                X509Certificate[] certificates,
                PrivateKey key,
                String keyPassword,
                KeyManagerFactory keyManagers,
                Iterable<String> ciphers,
                CipherSuiteFilter cipherFilter,
                ApplicationProtocolConfig applicationProtocols,
                String[] protocols,
                long sessionCacheSize,
                long sessionTimeout,
                SecureRandom random,
                String keyStoreType,
                String endpointIdentification,
                ResumptionControllerAlias resumption)
                throws SSLException {}
    }

    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class ResumptionControllerAlias {

        @Alias
        ResumptionControllerAlias() {}
    }
}
