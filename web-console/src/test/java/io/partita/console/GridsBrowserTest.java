package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.Premises;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists that are longer than a screen: what is loaded of them, how they are narrowed down, and how they are taken home. */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class GridsBrowserTest {

    private static final int ACCOUNTS = 2_000;
    private static final int FIRST = 800_000;
    private static final int AT_ONCE = 8;
    /** Rows of a page that the console asks for. */
    private static final int PAGE_ROWS = 100;

    private static Premises premises;
    private static MemberProcess member;

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void start(Premises shared) {
        premises = shared;
        member = shared.member();
        try (ExecutorService posting = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            IntStream.range(0, ACCOUNTS).forEach(number -> posting.execute(() -> account(FIRST + number, "Customer %04d".formatted(number))));
        }
        account(FIRST - 1, "=2+3, \\\"Customer\\\"");
    }

    private static void account(int id, String name) {
        member.post("/accounts", "{\"id\":\"%d\",\"name\":\"%s\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}".formatted(id, name));
    }

    @BeforeEach
    void open() {
        window = premises.chromium().window(1280, 860, ColorScheme.LIGHT);
        page = window.page();
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void go(String path) {
        page.navigate(premises.url() + path);
        assertThat(page.locator("h1")).isVisible();
    }

    private Locator cell(String text) {
        return page.locator("vaadin-grid-cell-content").getByText(text, new Locator.GetByTextOptions().setExact(true)).first();
    }

    /** Rows that the console has asked the member for so far. */
    private static int rowsAsked() {
        return member.asked("/api/v1/accounts") * PAGE_ROWS;
    }

    @Test
    void aListOfAnyLengthIsScrolledAndFilteredWithoutBeingLoaded() {
        go("/accounts?search=Customer");
        assertThat(cell("Customer 0000")).isVisible();
        int first = rowsAsked();
        // A list knows of no more rows than it has looked for, so it takes more than one step.
        page.waitForFunction("""
                () => {
                    const grid = document.querySelector('vaadin-grid');
                    grid.scrollToIndex(250);
                    return [...grid.querySelectorAll('vaadin-grid-cell-content')].some(each => each.textContent.includes('Customer 0250'));
                }""", null, new Page.WaitForFunctionOptions().setPollingInterval(500));
        assertThat(rowsAsked() - first).as("rows for a look further down").isLessThanOrEqualTo(3 * PAGE_ROWS);
        int scrolled = rowsAsked();
        page.getByLabel("Search accounts").fill("Customer 1999");
        assertThat(cell("Customer 1999")).isVisible();
        assertThat(cell("Customer 0000")).isHidden();
        assertThat(rowsAsked() - scrolled).as("rows for a filter: one request").isEqualTo(PAGE_ROWS);
        assertThat(page).hasURL(Pattern.compile(".*/accounts\\?search=Customer(%20|\\+)1999"));
        assertThat(window.troubles()).isEmpty();
    }

    private List<String> download(Locator link) throws IOException {
        Download download = page.waitForDownload(link::click);
        assertThat(download.failure()).isNull();
        return Files.readAllLines(download.path());
    }

    @Test
    void allRowsThatMatchComeAsAFile() throws IOException {
        go("/accounts?search=Customer");
        assertThat(cell("Customer 0000")).isVisible();
        List<String> lines = download(page.locator(".csv:visible"));
        assertThat(lines).hasSize(1 + ACCOUNTS + 1);
        assertThat(lines.getFirst()).isEqualTo("Account,Name,Reference,Type,Status,Currency,Pending,Balance,Available");
        assertThat(lines).contains("800000,Customer 0000,,LIABILITY,OPEN,EUR,0.00,0.00,", "801999,Customer 1999,,LIABILITY,OPEN,EUR,0.00,0.00,",
                "799999,\"'=2+3, \"\"Customer\"\"\",,LIABILITY,OPEN,EUR,0.00,0.00,");
        page.getByLabel("Search accounts").fill("Customer 0001");
        assertThat(cell("Customer 0000")).isHidden();
        assertThat(download(page.locator(".csv:visible"))).hasSize(2).last().asString().startsWith("800001,");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void aTableComesAsAFileWithPlainFiguresAndTimes() throws IOException {
        go("/markets");
        assertThat(page.getByText("ACME").first()).isVisible();
        assertThat(download(page.locator(".csv:visible")).getFirst()).isEqualTo("Instrument,Phase,Last,Change,Bid,Offer,High,Low,Volume,Trades");
        go("/users");
        assertThat(page.locator(".users tbody tr").first()).isVisible();
        assertThat(download(page.locator(".csv:visible").first())).anySatisfy(line -> assertThat(line).matches("admin,.*,\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z"));
    }

    private Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aFilterIsKeptUnderANameAndIsThereForItsOwner() {
        go("/accounts");
        page.getByLabel("Search accounts").fill("Customer 00");
        assertThat(page).hasURL(Pattern.compile(".*search=Customer.*"));
        menuItem("Saved filters").click();
        menuItem("Save this filter\u2026").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("The first hundred");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true)).click();
        assertThat(page.locator("vaadin-notification-card")).containsText("Saved The first hundred");
        window.close();
        open();
        go("/accounts");
        assertThat(page.getByLabel("Search accounts")).hasValue("");
        menuItem("Saved filters").click();
        menuItem("The first hundred").click();
        assertThat(page.getByLabel("Search accounts")).hasValue("Customer 00");
        assertThat(cell("Customer 0000")).isVisible();
        assertThat(cell("Customer 0100")).isHidden();
        go("/transfers");
        menuItem("Saved filters").click();
        assertThat(menuItem("Save this filter\u2026")).isVisible();
        assertThat(menuItem("The first hundred")).isHidden();
        assertThat(window.troubles()).isEmpty();
    }
}
