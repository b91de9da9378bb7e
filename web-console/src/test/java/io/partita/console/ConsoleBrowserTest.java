package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.ledger.proof.InclusionProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The console as people use it: a real browser, the real console, a real member with its database. */
@Tag("slow")
class ConsoleBrowserTest {

    private static final String DEPOSITS = "9001";
    private static final String ADA = "5001";
    private static final String BLAISE = "5002";
    private static final String FROZEN = "5003";
    private static final String GRACE = "5004";
    private static final double PATIENCE = 60_000;

    @TempDir
    static Path folder;
    private static MemberProcess member;
    private static ServletWebServerApplicationContext console;
    private static Chromium chromium;
    private static String opening;

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(Chromium.path().isPresent(),
                "Skipped: there is no Chromium on this machine. On Debian, install the package chromium.");
        Assumptions.assumeTrue(MemberProcess.available(),
                "Skipped: no packaged member in ../grid-members/target. Run ./partita test, or mvn verify on all modules.");
        member = new MemberProcess(folder.resolve("data"));
        member.start();
        world();
        console = (ServletWebServerApplicationContext) new SpringApplicationBuilder(PartitaConsole.class)
                .run("--partita.console.port=0", "--partita.api=" + member.api(), "--partita.grid.name=" + member.cluster,
                        "--partita.grid.addresses=127.0.0.1:" + member.gridPort);
        chromium = new Chromium();
        // A loaded machine takes its time; what is right shows at once anyway.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    private static void world() {
        account(DEPOSITS, "Nostro", "ASSET", "");
        account(ADA, "Ada Lovelace", "LIABILITY", ",\"limits\":{\"maxNetDebit\":\"0\"},\"reference\":\"DE02120300000000202051\"");
        account(BLAISE, "Blaise Pascal", "LIABILITY", ",\"limits\":{\"maxNetDebit\":\"0\"}");
        account(FROZEN, "Gottfried Leibniz", "LIABILITY", "");
        account(GRACE, "Grace Hopper", "LIABILITY", ",\"limits\":{\"maxNetDebit\":\"0\"}");
        transfer(DEPOSITS, GRACE, "100.00", "Savings");
        opening = transfer(DEPOSITS, ADA, "1000.00", "Opening deposit");
        for (int i = 1; i <= 130; i++) {
            transfer(DEPOSITS, BLAISE, "1.00", "Instalment " + i);
        }
    }

    private static void account(String id, String name, String type, String more) {
        member.post("/accounts", "{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"%s\",\"currency\":\"EUR\"%s}".formatted(id, name, type, more));
    }

    private static String transfer(String debit, String credit, String amount, String reference) {
        String id = UUID.randomUUID().toString();
        member.post("/transfers", "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"EUR\",\"reference\":\"%s\"}"
                .formatted(id, debit, credit, amount, reference));
        return id;
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (console != null) {
            console.close();
        }
        if (member != null) {
            member.close();
        }
    }

    @BeforeEach
    void open() {
        use(1280, 860, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void use(int width, int height, ColorScheme scheme) {
        if (window != null) {
            window.close();
        }
        window = chromium.window(width, height, scheme);
        page = window.page();
    }

    private void go(String path) {
        page.navigate("http://127.0.0.1:" + console.getWebServer().getPort() + path);
        assertThat(page.locator("h1")).isVisible();
    }

    private Locator text(String text) {
        return page.getByText(text, new Page.GetByTextOptions().setExact(true)).first();
    }

    private static void see(Locator locator) {
        assertThat(locator).isVisible();
    }

    private static String shown(String figure) {
        return figure.replace(" ", "\u2009\u2060");
    }

    @Test
    void everyPageShowsItsContentWithoutAnError() {
        go("/");
        assertThat(page).hasTitle("Overview \u00B7 Partita");
        see(text("Serving"));
        see(text("\u2713 Balanced"));
        see(page.locator("partita-chart").first());
        go("/accounts");
        see(text("Ada Lovelace"));
        go("/accounts/" + ADA);
        assertThat(page).hasTitle("Ada Lovelace \u00B7 Partita");
        see(text("Opening deposit"));
        go("/transfers");
        see(text("Instalment 130"));
        go("/transfers/new");
        see(text("What this does"));
        go("/transfers/" + opening);
        see(text("Path to the root"));
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void anAddressThatLeadsNowhereSaysSo() {
        go("/nowhere");
        see(text("There is no page at this address"));
        go("/accounts/424242");
        see(text("No account 424242"));
        go("/transfers/00000000-0000-7000-8000-000000000000");
        see(text("No such transfer"));
    }

    @Test
    void accountsAreFoundByNameNumberAndReference() {
        for (String wanted : List.of("ada", ADA, "DE0212")) {
            go("/accounts");
            page.getByLabel("Search accounts").fill(wanted);
            see(text("Ada Lovelace"));
            assertThat(text("Blaise Pascal")).isHidden();
        }
        page.getByLabel("Search accounts").fill("nobody at all");
        see(text("No account matches"));
        page.getByText("Clear filters").click();
        see(text("Blaise Pascal"));
    }

    @Test
    void aLongStatementLoadsAsItIsRead() {
        go("/accounts/" + BLAISE);
        see(text("Instalment 130"));
        assertThat(text("Instalment 1")).isHidden();
        page.locator(".lazy-rows vaadin-grid").evaluate("grid => grid.scrollToIndex(129)");
        see(text("Instalment 1"));
        see(text("1.00"));
    }

    @Test
    void aTransferIsBookedOnceAndShowsInTheStatement() {
        go("/transfers/new?debit=" + ADA + "&credit=" + BLAISE);
        fill("Amount", "12.34");
        fill("Reference", "Tea and biscuits");
        page.getByText("Book transfer").dblclick();
        see(text("Transfer booked"));
        see(page.getByText(shown("12.34") + "\u00A0EUR").first());
        page.getByText("Entry and proof").click();
        see(text("Tea and biscuits"));
        see(text("\u2713 Verified"));
        go("/accounts/" + ADA);
        see(text("Tea and biscuits"));
        assertThat(page.getByText("Tea and biscuits")).hasCount(1);
        see(page.getByText(shown("987.66")).first());
    }

    @Test
    void whatIsPendingIsPostedOrVoidedAfterConfirmation() {
        setAside("30.00", "Deposit for a room");
        confirm("Post");
        see(page.locator(".pill", new Page.LocatorOptions().setHasText("Pending posted")).first());
        setAside("20.00", "Deposit for a car");
        confirm("Void");
        see(page.locator(".pill", new Page.LocatorOptions().setHasText("Pending voided")).first());
        see(text("Released from pending"));
        go("/accounts/" + GRACE);
        see(page.getByText(shown("70.00")).first());
        assertThat(text("set aside, not yet posted")).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    /** From Grace's account, by the form; leaves the page of the entry open. */
    private void setAside(String amount, String reference) {
        go("/transfers/new?debit=" + GRACE + "&credit=" + BLAISE);
        fill("Amount", amount);
        fill("Reference", reference);
        page.getByText("Only set the amount aside (pending)").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set aside").setExact(true)).click();
        page.getByText("Entry and proof").click();
        see(text(reference));
    }

    private void confirm(String verb) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(verb).setExact(true)).click();
        page.locator("vaadin-button[slot='confirm-button']").click();
    }

    @Test
    void aTransferIsReversedOnce() {
        String mistaken = transfer(DEPOSITS, FROZEN, "5.00", "Sent twice");
        go("/transfers/" + mistaken);
        confirm("Reverse");
        see(page.locator(".pill", new Page.LocatorOptions().setHasText("Reversal")).first());
        go("/transfers/" + mistaken);
        see(text("What became of it"));
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reverse").setExact(true))).hasCount(0);
    }

    private void fill(String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first().fill(value);
    }

    @Test
    void anAccountIsPickedByTypingPartOfItsName() {
        go("/transfers/new");
        Locator debit = page.locator("vaadin-combo-box input").first();
        debit.click();
        debit.pressSequentially("Nostr");
        page.locator("vaadin-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("Nostro")).first().click();
        see(page.locator(".t-name", new Page.LocatorOptions().setHasText("Nostro")));
        page.getByText("Book transfer").click();
        see(text("Choose the account to credit."));
        see(text("Enter an amount."));
    }

    @Test
    void aRefusalIsShownWithItsCodeAndItsMeaning() {
        go("/transfers/new?debit=" + BLAISE + "&credit=" + ADA);
        fill("Amount", "999999");
        page.getByText("Book transfer").click();
        see(text("INSUFFICIENT_FUNDS"));
        see(text("Debits would exceed credits by more than the account's limit."));
        fill("Amount", "1.999");
        page.getByText("Book transfer").click();
        see(text("Enter a number with at most 2 decimals."));
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void anAccountIsFrozenAndOpenedAgainAfterConfirmation() {
        go("/accounts/" + FROZEN);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Freeze").setExact(true)).click();
        see(page.getByText("Freeze Gottfried Leibniz?"));
        page.locator("vaadin-button[slot='confirm-button']").click();
        see(page.locator(".page-head .pill", new Page.LocatorOptions().setHasText("Frozen")));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Unfreeze").setExact(true)).click();
        see(page.getByText("Unfreeze Gottfried Leibniz?"));
        page.locator("vaadin-button[slot='confirm-button']").click();
        see(page.locator(".page-head .pill", new Page.LocatorOptions().setHasText("Open")));
    }

    @Test
    void aProofIsCheckedHereAndCanBeTakenHome() throws IOException {
        go("/transfers/" + opening);
        see(text("\u2713 Verified"));
        assertThat(page.locator(".checks .passed")).hasCount(3);
        Download download = page.waitForDownload(() -> page.getByText("Download proof").click());
        assertThat(InclusionProof.parse(Files.readString(download.path())).holds()).isTrue();
        see(page.getByText("./partita verify " + download.suggestedFilename()));
    }

    @Test
    void theThemeFollowsTheSystemUntilItIsChosen() {
        use(1280, 860, ColorScheme.DARK);
        go("/");
        assertThat(page.locator("html")).hasAttribute("theme", "dark");
        page.getByLabel("Switch between light and dark").click();
        assertThat(page.locator("html")).not().hasAttribute("theme", Pattern.compile("dark"));
        page.reload();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("html")).not().hasAttribute("theme", Pattern.compile("dark"));
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(244, 243, 238)");
    }

    @Test
    void nothingIsWiderThanAPhone() {
        use(390, 844, ColorScheme.LIGHT);
        for (String path : List.of("/", "/accounts", "/accounts/" + BLAISE, "/transfers", "/transfers/new", "/transfers/" + opening)) {
            go(path);
            see(page.locator(".panel, .kpis").first());
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).as(path).isLessThanOrEqualTo(0);
            assertThat((int) page.evaluate("Math.round(Math.max(...[...document.querySelectorAll('.page > *')].map(e => e.getBoundingClientRect().right)) - innerWidth)"))
                    .as(path).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void thePageWaitsForAMemberThatIsGoneAndGoesOnByItself() {
        go("/accounts/" + ADA);
        see(text("Opening deposit"));
        member.stop();
        see(page.getByText("Waiting for the grid.").first());
        member.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> page.locator(".banner").isHidden());
        transfer(DEPOSITS, ADA, "5.00", "After the pause");
        see(text("After the pause"));
        see(text("1 member"));
    }
}
