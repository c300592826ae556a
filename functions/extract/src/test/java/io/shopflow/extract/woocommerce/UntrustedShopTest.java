package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.extract.NoServersProfile;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.source.SourceUnavailableException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop with an untrusted certificate. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class UntrustedShopTest {

    private static final String PASSWORD = "changeit";

    @TempDir Path folder;

    @Test
    void aSelfSignedCertificateIsReportedInWordsAndNotRetried() throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.start();
        WooCommerceSettings settings =
                new WooCommerceSettings(
                        URI.create("https://localhost:" + server.getAddress().getPort()),
                        "ck_key",
                        "cs_secret",
                        null,
                        Duration.ofMinutes(5),
                        100,
                        Duration.ofSeconds(10),
                        Map.of());
        try {
            assertThatThrownBy(
                            () ->
                                    new WooCommerceReader(
                                            settings, Backoff.PATIENT, ScriptedShop.UNLIMITED))
                    .isInstanceOfSatisfying(
                            SourceUnavailableException.class,
                            e -> {
                                assertThat(e.problem().rule()).isEqualTo("source_refused");
                                assertThat(e.problem().field()).isEqualTo("url");
                            })
                    .hasMessageContaining("self-signed")
                    .hasMessageContaining("browsers accept")
                    .hasMessageContaining("one attempt")
                    .hasMessageNotContaining("PKIX");
        } finally {
            server.stop(0);
        }
    }

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("shop.p12");
        int status =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "shop",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "SAN=dns:localhost",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(status).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
