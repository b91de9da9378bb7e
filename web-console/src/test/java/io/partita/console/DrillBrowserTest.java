package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.Premises;
import io.partita.console.testing.SignIn;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drills that are started from their page: on members of their own, beside the one that serves the page. */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class DrillBrowserTest {

    /** Members start, are loaded, and all that clients were told is held against the journal: on a busy machine that takes minutes. */
    private static final double A_DRILL = 300_000;

    private static Premises premises;

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void enter(Premises shared) {
        premises = shared;
    }

    @BeforeEach
    void open() {
        window = premises.chromium().window(1280, 860, ColorScheme.LIGHT);
        page = window.page();
        go("/drills");
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void a_drill_is_started_watched_and_ended() {
        assertThat(rows("What there is").filter(new Locator.FilterOptions().setHasText("store-down"))).hasCount(1);
        start();
        assertThat(rows("What happened").first()).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End it").setExact(true)).last().click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".page-head .pill")).hasText("Cancelled");
        go("/drills");
        assertThat(rows("Runs").first()).containsText("Cancelled");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "partita.endurance", matches = "true", disabledReason = "minutes of a drill, run with -Dpartita.endurance=true: docs/console.md")
    void a_drill_is_followed_to_its_verdict_and_its_report_is_shown_as_it_was_made() {
        Locator kind = page.getByLabel("Drill", new Page.GetByLabelOptions().setExact(true)).first();
        kind.fill("clock-skew");
        page.locator("vaadin-combo-box-item", new Page.LocatorOptions().setHasText("clock-skew")).first().click();
        SignIn.fill(page, "Members", "2");
        SignIn.fill(page, "Seconds of load", "5");
        start();
        assertThat(page.locator(".page-head .pill")).hasText(Pattern.compile("\u2713 Passed|\u2717 Violated"), new LocatorAssertions.HasTextOptions().setTimeout(A_DRILL));
        assertThat(page.locator(".page-head .pill")).hasText("\u2713 Passed");
        assertThat(rows("What must hold").first()).isVisible();
        FrameLocator report = page.frameLocator(".drill-report");
        assertThat(report.locator("h1")).isVisible();
        // Its own style sheet is let through, and nothing else.
        assertThat(report.locator("body")).hasCSS("background-color", "rgb(244, 243, 238)");
        report.locator("h1").scrollIntoViewIfNeeded();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pages", "drill-report.png")));
        go("/drills");
        assertThat(rows("Runs").first()).containsText("clock-skew");
        assertThat(window.troubles()).isEmpty();
    }

    private void go(String path) {
        page.navigate(premises.url() + path);
        assertThat(page.locator("h1")).isVisible();
    }

    private void start() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the drill").setExact(true)).last().click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".page-head .pill")).hasText("Running");
    }

    private Locator rows(String panel) {
        return page.locator(".panel", new Page.LocatorOptions().setHas(page.locator("h2", new Page.LocatorOptions().setHasText(panel)))).last().locator("tbody tr");
    }
}
