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
import io.partita.console.testing.SignIn;
import io.partita.ledger.proof.InclusionProof;
import io.partita.security.Totp;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    private static final String SECRET = "a slow boat to Gdansk";

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
                        "--partita.grid.addresses=127.0.0.1:" + member.gridPort, "--partita.console.key-file=" + member.secret("console.key"));
        chromium = new Chromium();
        SignIn.choosePassword(member);
        chromium.signIn(url(), SignIn.ADMIN, SignIn.PASSWORD);
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

    private static String url() {
        return "http://127.0.0.1:" + console.getWebServer().getPort();
    }

    private void go(String path) {
        page.navigate(url() + path);
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
        for (String path : List.of("/", "/accounts", "/accounts/" + BLAISE, "/transfers", "/transfers/new", "/transfers/" + opening, "/users", "/api-keys", "/approvals", "/audit", "/profile")) {
            go(path);
            see(page.locator(".panel, .kpis").first());
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).as(path).isLessThanOrEqualTo(0);
            assertThat((int) page.evaluate("Math.round(Math.max(...[...document.querySelectorAll('.page > *')].map(e => e.getBoundingClientRect().right)) - innerWidth)"))
                    .as(path).isLessThanOrEqualTo(0);
        }
    }

    // ---- who is signed in --------------------------------------------------------------------------------------------------

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).last();
    }

    /** From here on somebody who is not signed in looks. */
    private void strange() {
        window.close();
        window = chromium.strange(1280, 860, ColorScheme.LIGHT);
        page = window.page();
    }

    private void signIn(String user, String password) {
        SignIn.at(page, url(), user, password);
    }

    private static byte[] fromBase32(String text) {
        BigInteger bits = BigInteger.ZERO;
        for (char letter : text.toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        }
        byte[] bytes = new byte[Totp.SECRET_BYTES];
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i] = bits.byteValue();
            bits = bits.shiftRight(8);
        }
        return bytes;
    }

    @Test
    void aNewUserChoosesAPasswordEnrolsASecondFactorAndIsAskedForIt() {
        go("/users");
        fill("Name", "hypatia");
        page.locator(".user-form vaadin-multi-select-combo-box input").first().fill("Viewer");
        page.locator("vaadin-multi-select-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("Viewer")).first().click();
        page.keyboard().press("Escape");
        button("Make the user").click();
        String first = page.locator(".secret code").textContent();
        button("I have it").click();
        see(page.locator(".users tbody tr", new Page.LocatorOptions().setHasText("hypatia")));
        strange();
        page.navigate(url() + "/accounts");
        assertThat(page).hasTitle("Sign in \u00B7 Partita");
        signIn("hypatia", "not the password");
        assertThat(page.locator(".refusal")).containsText("SIGN_IN_FAILED");
        signIn("hypatia", first);
        see(text("Choose a password"));
        page.navigate(url() + "/accounts");
        see(text("Choose a password"));
        SignIn.fill(page, "Password now", first);
        SignIn.fill(page, "New password", "hypatia1");
        button("Change the password").click();
        see(page.getByText("It has 12 to 128 characters.").first());
        SignIn.fill(page, "New password", SECRET);
        SignIn.fill(page, "Once more", SECRET);
        button("Change the password").click();
        assertThat(page.locator("h1")).hasText("Overview");
        go("/profile");
        button("Set it up").click();
        see(page.locator(".qr svg"));
        byte[] secret = fromBase32(page.locator(".facts code", new Page.LocatorOptions().setHasText(Pattern.compile("^[A-Z2-7]{32}$"))).textContent());
        fill("Code of the app", "000000");
        button("Confirm").click();
        assertThat(page.locator(".refusal", new Page.LocatorOptions().setHasText("SECOND_FACTOR_WRONG"))).isVisible();
        fill("Code of the app", Totp.code(secret, Instant.now()));
        button("Confirm").click();
        String recovery = page.locator(".recovery-codes span").first().textContent();
        button("I have kept them").click();
        see(text("In use"));
        page.getByLabel("Signed in as hypatia").click();
        page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).last().click();
        assertThat(page).hasTitle("Sign in \u00B7 Partita");
        signIn("hypatia", SECRET);
        fill("Code", recovery);
        button("Sign in").click();
        assertThat(page.locator("h1")).hasText("Overview");
        // Told by the browser of nothing but what it should.
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void pagesOpenForThoseWhoMayAndNobodyElseIsOfferedThem() {
        String first = member.post("/security/users", "{\"name\":\"hilbert\",\"roles\":[\"ADMIN\"]}").replaceFirst("(?s).*\"oneTimePassword\":\"([^\"]*)\".*", "$1");
        strange();
        signIn("hilbert", first);
        SignIn.fill(page, "Password now", first);
        SignIn.fill(page, "New password", SECRET);
        SignIn.fill(page, "Once more", SECRET);
        button("Change the password").click();
        assertThat(page.locator("h1")).hasText("Overview");
        assertThat(page.locator("vaadin-side-nav-item").evaluateAll("items => items.map(item => item.path).join()")).isEqualTo(",cluster,drills,jobs,users,api-keys,audit");
        assertThat(page.getByText("Trial balance")).isHidden();
        for (String path : List.of("/accounts", "/accounts/" + ADA, "/transfers", "/transfers/new", "/markets", "/portfolios", "/risk", "/limits", "/approvals", "/alerts")) {
            page.navigate(url() + path);
            see(text("None of your roles opens this page"));
        }
        go("/jobs");
        see(page.getByText("For those who may jobs:write.").first());
        go("/users");
        see(page.locator(".users tbody tr", new Page.LocatorOptions().setHasText("hilbert")));
        // The roles that were taken away are gone within seconds, and the session with them.
        member.post("/security/users/hilbert/reset-password", "{}");
        page.navigate(url() + "/users");
        assertThat(page).hasTitle("Sign in \u00B7 Partita");
    }

    @Test
    void aKeyIsMadeUsedAndRevoked() {
        member.post("/security/service-accounts", "{\"name\":\"reporter\",\"roles\":[\"VIEWER\"]}");
        go("/api-keys");
        page.getByLabel("Owner").fill("reporter");
        page.locator("vaadin-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("reporter")).first().click();
        fill("What it is for", "nightly report");
        page.getByLabel("May", new Page.GetByLabelOptions().setExact(true)).first().fill("ledger:read");
        page.locator("vaadin-multi-select-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("ledger:read")).first().click();
        page.keyboard().press("Escape");
        button("Make the key").click();
        String key = page.locator(".secret code").textContent();
        button("I have it").click();
        assertThat(member.statusFor(key, "/accounts")).isEqualTo(200);
        assertThat(member.statusFor(key, "/jobs")).isEqualTo(403);
        page.locator(".api-keys tbody tr", new Page.LocatorOptions().setHasText("nightly report")).getByText("Revoke").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(member.statusFor(key, "/accounts")).isEqualTo(401));
        assertThat(page.getByText("nightly report")).hasCount(0);
        go("/audit?code=FORBIDDEN");
        see(page.locator("vaadin-grid-cell-content", new Page.LocatorOptions().setHasText("reporter")).first());
        button("Verify the chain").click();
        see(text("Whole"));
        assertThat(window.troubles()).isEmpty();
    }
}
