package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.dto.ObjectOwnership;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import com.adobe.testing.s3mock.s3.store.MultipartStore;
import com.adobe.testing.s3mock.s3.store.ObjectStore;
import com.adobe.testing.s3mock.s3.store.StoreConfiguration;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** What we add to S3Mock's beans, and which of them we replace (by name). */
@Configuration(proxyBeanMethods = false)
class S3ServerConfiguration {

    private static final String REGION = "us-east-1";

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

    /** Not a bean by itself: Spring would take it for the mapper of everything. */
    record Storage(StoredJson json) {}

    @Bean
    Storage storage(JsonMapper json) {
        return new Storage(new StoredJson(json));
    }

    /** S3Mock's own reads every object's metadata when it starts. */
    @Bean
    ObjectStore objectStore(Storage storage) {
        return new ObjectStore(dateFormat(), storage.json());
    }

    @Bean
    MultipartStore multipartStore(ObjectStore objects, Storage storage) {
        return new MultipartStore(objects, storage.json());
    }

    @Bean
    BucketStore bucketStore(Settings settings, Storage storage) {
        BucketStore buckets =
                new BucketStore(settings.root().toFile(), dateFormat(), REGION, storage.json());
        if (!buckets.doesBucketExist(settings.bucket())) {
            buckets.createBucket(
                    settings.bucket(),
                    false,
                    ObjectOwnership.BUCKET_OWNER_ENFORCED,
                    REGION,
                    null,
                    null);
        }
        // Opens all, so that what a crash left is cleared away before the first request.
        buckets.listBuckets();
        return buckets;
    }

    private static DateTimeFormatter dateFormat() {
        return StoreConfiguration.Companion.getS3_OBJECT_DATE_FORMAT();
    }

    @Bean
    Lake lake(
            Settings settings,
            Storage storage,
            BucketStore buckets,
            ObjectService objects,
            ObjectCreatedEvents events) {
        Lake lake = new Lake(settings.root(), storage.json(), buckets, objects, events);
        lake.beginChores();
        return lake;
    }

    @Bean
    FilterRegistrationBean<WholeObjectsFilter> wholeObjectsFilter(
            Lake lake, ObjectCreatedEvents events) {
        FilterRegistrationBean<WholeObjectsFilter> registration =
                new FilterRegistrationBean<>(new WholeObjectsFilter(lake, events));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    /** Before all others: what is refused has no effect, and no CORS header in its answer. */
    @Bean
    FilterRegistrationBean<CallersFilter> callersFilter(Settings settings) {
        FilterRegistrationBean<CallersFilter> registration =
                new FilterRegistrationBean<>(new CallersFilter(settings.callers()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Before the one that changes requests. */
    @Bean
    FilterRegistrationBean<CallsFilter> callsFilter(Settings settings) {
        FilterRegistrationBean<CallsFilter> registration =
                new FilterRegistrationBean<>(new CallsFilter(settings.calls()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setEnabled(settings.calls() != null);
        return registration;
    }
}
