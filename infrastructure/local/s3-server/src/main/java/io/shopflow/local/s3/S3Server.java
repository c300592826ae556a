package io.shopflow.local.s3;

import com.adobe.testing.s3mock.S3MockApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs S3Mock on 127.0.0.1. Ends when its standard input ends, so that it never outlives the
 * process that started it, however that one dies.
 */
public final class S3Server {

    private S3Server() {}

    /** Takes the path of a {@link Settings} file. */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.read(Path.of(arguments[0]));
        exitAtEndOfInput();
        start(settings);
    }

    /** Starts a server in this process. */
    static ConfigurableApplicationContext start(Settings settings) {
        return new SpringApplicationBuilder(S3MockApplication.class, S3ServerConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                .initializers(
                        context ->
                                context.getBeanFactory()
                                        .registerSingleton("s3ServerSettings", settings))
                .listeners(announcingPort(settings.portFile()))
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=" + settings.port(),
                        "--server.ssl.enabled=false",
                        "--server.tomcat.threads.max=64",
                        "--http.port=0",
                        "--spring.main.allow-bean-definition-overriding=true",
                        "--spring.main.log-startup-info=false",
                        "--logging.level.root=WARN",
                        "--com.adobe.testing.s3mock.store.root=" + settings.root(),
                        "--com.adobe.testing.s3mock.store.retain-files-on-exit=true");
    }

    private static ApplicationListener<WebServerInitializedEvent> announcingPort(Path portFile) {
        return event -> {
            try {
                Path temporary = portFile.resolveSibling(portFile.getFileName() + ".new");
                Files.writeString(temporary, Integer.toString(event.getWebServer().getPort()));
                Files.move(temporary, portFile, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new IllegalStateException("cannot write " + portFile, e);
            }
        };
    }

    private static void exitAtEndOfInput() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nothing is said over this pipe; only its end matters.
                                }
                            } catch (IOException e) {
                                // As good as its end.
                            }
                            // Every state on disk is one that a crash may leave: no need to linger.
                            Runtime.getRuntime().halt(0);
                        },
                        "end of input");
        watch.setDaemon(true);
        watch.start();
    }
}
