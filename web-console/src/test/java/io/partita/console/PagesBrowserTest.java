package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import io.partita.console.drill.DrillRunView;
import io.partita.console.jobs.JobView;
import io.partita.console.ledger.AccountView;
import io.partita.console.ledger.EntryView;
import io.partita.console.lineage.LineageView;
import io.partita.console.marketdata.AlertsView;
import io.partita.console.marketdata.ChartView;
import io.partita.console.positions.ExplainView;
import io.partita.console.risk.GreeksView;
import io.partita.console.risk.RiskView;
import io.partita.console.risk.StressView;
import io.partita.console.risk.WhatIfView;
import io.partita.console.testing.Axe;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.Premises;
import io.partita.console.testing.RiskWorld;
import io.partita.console.trading.InstrumentView;
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
    private static final String ACCOUNT = "7291";
    private static final String TRANSFER = "0199c3a4-7f00-7000-8000-000000007291";
    /** Some of them, for whoever mends one: {@code -Dpartita.pages='Risk|Stress'}. */
    private static final String ONLY = System.getProperty("partita.pages", ".*");
    private static final double MOST_SHIFT = 0.1;
    private static final double MOST_MILLIS = 2_000;
    private static final int DESK = 1280;
    /** A machine that builds something else at the same time is slow now and then; a page that is slow is so each time. */
    private static final int LOOKS = 3;

    /** What an address needs that the route does not say. */
    private static final Map<Class<? extends Component>, String> ADDRESSES = Map.ofEntries(
            Map.entry(AccountView.class, "accounts/" + ACCOUNT), Map.entry(EntryView.class, "transfers/" + TRANSFER), Map.entry(InstrumentView.class, "markets/ACME"),
            Map.entry(ChartView.class, "charts/ACME"), Map.entry(JobView.class, "jobs/surveillance"), Map.entry(AlertsView.class, "alerts"),
            Map.entry(DrillRunView.class, "drills/" + TRANSFER), Map.entry(LineageView.class, "lineage/" + TRANSFER), Map.entry(ExplainView.class, "pnl?to=" + RiskWorld.LAST), Map.entry(RiskView.class, "risk?day=" + RiskWorld.LAST), Map.entry(GreeksView.class, "greeks?day=" + RiskWorld.LAST),
            Map.entry(WhatIfView.class, "what-if?trades=AAPL:100&day=" + RiskWorld.LAST), Map.entry(StressView.class, "stress?scenario=gfc-2008&day=" + RiskWorld.LAST));

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
        MemberProcess member = premises.member();
        member.post("/accounts", "{\"id\":\"7290\",\"name\":\"Nostro\",\"type\":\"ASSET\",\"currency\":\"EUR\"}");
        member.post("/accounts", "{\"id\":\"%s\",\"name\":\"Emmy Noether\",\"type\":\"LIABILITY\",\"currency\":\"EUR\",\"reference\":\"DE02120300000000202051\"}".formatted(ACCOUNT));
        member.post("/transfers", "{\"id\":\"%s\",\"debitAccount\":\"7290\",\"creditAccount\":\"%s\",\"amount\":\"1250.00\",\"currency\":\"EUR\",\"reference\":\"Opening deposit\"}"
                .formatted(TRANSFER, ACCOUNT));
    }

    /** The address of each page; a page that somebody adds is walked, too. */
    private static Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        Routes.rules().keySet().forEach(page -> addresses.put(page.getSimpleName().replaceFirst("View$", ""), "/" + ADDRESSES.getOrDefault(page, page.getAnnotation(Route.class).value())));
        addresses.put("Nowhere", "/nowhere");
        addresses.keySet().removeIf(page -> !page.matches(ONLY));
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
        page.waitForFunction("() => Object.values(window.Vaadin?.Flow?.clients ?? {}).every(client => !client.isActive || !client.isActive())");
        // The page of components shows what waiting looks like.
        page.waitForFunction("() => ![...document.querySelectorAll('.table-empty, .working')].some(each => each.textContent.endsWith('\u2026') && each.checkVisibility() && !each.closest('.specimen'))");
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
