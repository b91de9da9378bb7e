package io.partita.console.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The machine's own Chromium; nothing is downloaded. */
public final class Chromium implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 60_000;
    private static final int BAD_REQUEST = 400;
    private static final String ABORTED = "net::ERR_ABORTED";

    private String signedIn;
    private final Playwright playwright = Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
            .setExecutablePath(path().orElseThrow()).setHeadless(true).setArgs(List.of("--no-sandbox", "--disable-gpu")));

    public static Optional<Path> path() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** Signs somebody in, once for all windows that are opened from then on. */
    public void signIn(String console, String user, String password) {
        try (Window window = strange(1280, 860, ColorScheme.LIGHT)) {
            SignIn.at(window.page(), console, user, password);
            window.page().locator("h1:has-text('Overview')").waitFor();
            signedIn = window.context.storageState();
        }
    }

    /** A window of its own, with nothing remembered from another but who is signed in. */
    public Window window(int width, int height, ColorScheme scheme) {
        return window(width, height, scheme, signedIn);
    }

    /** A window of somebody who is not signed in. */
    public Window strange(int width, int height, ColorScheme scheme) {
        return window(width, height, scheme, null);
    }

    private Window window(int width, int height, ColorScheme scheme, String state) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height).setColorScheme(scheme).setAcceptDownloads(true).setStorageState(state));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        return new Window(context);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** A browser window that remembers what went wrong in it. */
    public static final class Window implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final List<String> troubles = new CopyOnWriteArrayList<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();

        private Window(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.onConsoleMessage(this::note);
            page.onPageError(troubles::add);
            page.onRequestFailed(this::note);
            page.onResponse(this::note);
        }

        private void note(Request request) {
            // A page that is left hangs up, and says so.
            if (!ABORTED.equals(request.failure())) {
                failures.add(request.method() + " " + request.url() + " failed: " + request.failure());
            }
        }

        private void note(Response response) {
            if (response.status() >= BAD_REQUEST) {
                failures.add(response.request().method() + " " + response.url() + " was answered by " + response.status());
            }
        }

        private void note(ConsoleMessage message) {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        }

        public Page page() {
            return page;
        }

        /** Errors that the browser reported, of scripts and of missing files. */
        public List<String> troubles() {
            return troubles;
        }

        /** Requests that were refused or never answered. */
        public List<String> failures() {
            return failures;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
