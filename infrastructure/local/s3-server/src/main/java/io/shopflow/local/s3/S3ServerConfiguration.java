package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.service.ObjectService;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What we add to S3Mock's beans, and which of them we replace (by name). */
@Configuration(proxyBeanMethods = false)
class S3ServerConfiguration {

    /** S3Mock's own has two connectors, of which one listens on all interfaces. */
    @Bean
    ServletWebServerFactory webServerFactory() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        factory.addConnectorCustomizers(
                connector -> {
                    connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
                    connector.setAllowBackslash(true);
                });
        return factory;
    }

    @Bean
    ObjectCreatedEvents objectCreatedEvents(Settings settings) {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build();
        return new ObjectCreatedEvents(settings.notifications(), client, Clock.systemUTC());
    }

    @Bean
    FilterRegistrationBean<ObjectCreatedFilter> objectCreatedFilter(
            ObjectService objects, ObjectCreatedEvents events) {
        FilterRegistrationBean<ObjectCreatedFilter> registration =
                new FilterRegistrationBean<>(new ObjectCreatedFilter(objects, events));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
