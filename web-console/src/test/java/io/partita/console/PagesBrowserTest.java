package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Axe;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.Premises;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every page there is, one after the other, as an administrator sees it: nothing that keeps people out, nothing that fails, and nothing to wait for. Leaves pictures of them
 * in {@code target/pages}.
 */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class PagesBrowserTest {

    private static final Path PICTURES = Path.of("target", "pages");
    private static final double MOST_SHIFT = 0.1;
    private static final double MOST_MILLIS = 2_000;
    private static final int DESK = 1280;
    /** A machine that builds something else at the same time is slow now and then; a page that is slow is so each time. */
    private static final int LOOKS = 3;

    /** Measures from the first moment of a page on. */
    private static final String MEASURES = """
            window.measured = { shift: 0, shifted: [], content: 0 };
            new PerformanceObserver(list => list.getEntries().filter(each => !each.hadRecentInput).forEach(each => {
                measured.shift += each.value;
                const place = rect => [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(' ');
                each.sources.forEach(source => measured.shifted.push(`${source.node && (source.node.className || source.node.nodeName)} from ${place(source.previousRect)} to ${place(source.currentRect)}`));
            })).observe({ type: 'layout-shift', buffered: true });
            new MutationObserver((_, observer) => {
                if (document.querySelector('h1')) { measured.content = performance.now(); observer.disconnect(); }
            }).observe(document, { childList: true, subtree: true });
            """;

    private static Premises premises;

    private final List<String> findings = new ArrayList<>();
    private final Map<String, Double> millis = new TreeMap<>();

    @BeforeAll
    static void start(Premises shared) {
        premises = shared;
        PageAddresses.fill(premises.member());
    }

    private static Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        PageAddresses.all().forEach((page, address) -> addresses.put(PageAddresses.name(page), address));
        addresses.put("Nowhere", "/nowhere");
        return addresses;
    }

    @Test
    void everyPageIsOpenToAllOnADesk() {
        walk(DESK, 860);
    }

    @Test
    void everyPageIsOpenToAllOnAPhone() {
        walk(390, 844);
        assertThat(millis).allSatisfy((page, first) -> assertThat(first).as("milliseconds until %s shows something", page).isLessThan(MOST_MILLIS));
    }

    @Test
    void whoeverHasNotSignedInIsNotKeptOutByThePage() {
        for (int width : new int[] {DESK, 390}) {
            try (Chromium.Window window = premises.chromium().strange(width, 844, ColorScheme.LIGHT)) {
                window.page().addInitScript(MEASURES);
                look(window, "SignIn", "/sign-in", width);
            }
        }
        assertThat(findings).isEmpty();
    }

    private void walk(int width, int height) {
        try (Chromium.Window window = premises.chromium().window(width, height, ColorScheme.LIGHT)) {
            window.page().addInitScript(MEASURES);
            addresses().forEach((name, path) -> look(window, name, path, width));
        }
        assertThat(findings).isEmpty();
    }

    private void look(Chromium.Window window, String name, String path, int width) {
        Page page = window.page();
        window.troubles().clear();
        window.failures().clear();
        double first = open(page, path);
        String shown = name + " at " + width + " px";
        measure(page, shown);
        for (int again = 1; again < LOOKS && first >= MOST_MILLIS; again++) {
            first = Math.min(first, open(page, path));
        }
        millis.put(name, first);
        themed(page, name, shown, width, ColorScheme.LIGHT, Axe::violations);
        // Colours do not depend on the width.
        if (width == DESK) {
            themed(page, name, shown, width, ColorScheme.DARK, Axe::contrast);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
        Stream.concat(window.troubles().stream(), window.failures().stream()).forEach(trouble -> findings.add(shown + ": " + trouble));
    }

    /** Waits until everything is there that was asked for; how many milliseconds passed until there was a title. */
    private double open(Page page, String path) {
        page.navigate(premises.url() + path);
        assertThat(page.locator("h1").first()).isVisible();
        PageAddresses.settled(page);
        return ((Number) page.evaluate("measured.content")).doubleValue();
    }

    private void measure(Page page, String shown) {
        double shift = ((Number) page.evaluate("measured.shift")).doubleValue();
        if (shift >= MOST_SHIFT) {
            findings.add(shown + " moves while it loads by " + shift + ": " + page.evaluate("measured.shifted.join(', ')"));
        }
        int wider = (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        if (wider > 0) {
            findings.add(shown + " is wider than the window by " + wider + " px");
        }
    }

    private void themed(Page page, String name, String shown, int width, ColorScheme theme, Function<Page, List<String>> rules) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        Locator root = page.locator(theme == ColorScheme.DARK ? "html[theme~='dark']" : "html:not([theme~='dark'])");
        assertThat(root).hasCount(1);
        rules.apply(page).forEach(broken -> findings.add(shown + ", " + theme + ": " + broken));
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(width + "-" + theme.name().toLowerCase(Locale.ROOT)).resolve(name + ".png")));
    }
}
