package io.shopflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of pages in this machine's Chromium; skipped if there is none. */
abstract class InChromium {
    private static Playwright playwright;
    private static Browser browser;

    @TestHTTPResource URL home;

    private BrowserContext context;

    /** What the browser complained about, and requests to other machines. */
    final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        Optional<Path> chromium = chromium();
        // A browser is optional on a developer's machine, but required in CI.
        assumeTrue(chromium.isPresent() || System.getenv("CI") != null, "no Chromium on the PATH");
        assertThat(chromium).as("Chromium on the PATH").isPresent();
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium.get())
                                        .setArgs(List.of("--no-sandbox")));
    }

    private static Optional<Path> chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                        folder ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @AfterEach
    void closePages() {
        if (context != null) {
            context.close();
        }
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** Opens a page in a context of its own. */
    Page open(String path, Browser.NewContextOptions options) {
        context = browser.newContext(options.setLocale("en-GB"));
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") || message.type().equals("warning")) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.onRequest(
                request -> {
                    if (!home.getAuthority().equals(URI.create(request.url()).getAuthority())) {
                        complaints.add("request to " + request.url());
                    }
                });
        page.navigate(home + path.substring(1));
        return page;
    }

    static Browser.NewContextOptions desktop() {
        return new Browser.NewContextOptions().setViewportSize(1440, 900);
    }
}
