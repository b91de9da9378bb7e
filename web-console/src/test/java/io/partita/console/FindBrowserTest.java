package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.ConsoleProcess;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.Premises;
import io.partita.console.testing.SignIn;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Finding, doing and hearing of things from any page, by the keyboard alone. */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class FindBrowserTest {

    private static final String NOETHER = "7101";
    private static final String HILBERT = "7102";
    private static final String COMMAND = "7100000000017";

    @TempDir
    static Path folder;
    private static Premises premises;
    private static MemberProcess member;
    private static String transfer;
    private static String order;

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void start(Premises shared) {
        premises = shared;
        member = shared.member();
        account(NOETHER, "Emmy Noether");
        account(HILBERT, "David Hilbert");
        transfer = UUID.randomUUID().toString();
        member.post("/transfers", "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"12.00\",\"currency\":\"EUR\",\"reference\":\"Rings and ideals\"}"
                .formatted(transfer, NOETHER, HILBERT));
        order = member.post("/orders", "{\"symbol\":\"ACME\",\"id\":%s,\"account\":1,\"side\":\"BUY\",\"price\":\"90.00\",\"quantity\":70}".formatted(COMMAND))
                .replaceFirst("(?s).*\"orderId\":\\s*\"?([0-9]+).*", "$1");
    }

    private static void account(String id, String name) {
        member.post("/accounts", "{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}".formatted(id, name));
    }

    @BeforeEach
    void open() {
        use(premises.chromium().window(1280, 860, ColorScheme.LIGHT));
    }

    @AfterEach
    void close() {
        assertThat(window.troubles()).isEmpty();
        window.close();
    }

    private void use(Chromium.Window other) {
        if (window != null) {
            window.close();
        }
        window = other;
        page = window.page();
    }

    private void go(String path) {
        page.navigate(premises.url() + path);
        assertThat(page.locator("h1")).isVisible();
    }

    private Locator field() {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search or jump to"));
    }

    private Locator option(String text) {
        return page.locator("partita-finder [role=option]", new Page.LocatorOptions().setHasText(text)).first();
    }

    private void chosen(Locator option) {
        assertThat(option).hasAttribute("aria-selected", "true");
        assertThat(field()).hasAttribute("aria-activedescendant", option.getAttribute("id"));
    }

    /** Presses {@code /}, and types. */
    private void look(String text) {
        page.keyboard().press("/");
        assertThat(field()).isFocused();
        page.keyboard().type(text);
    }

    private void settled() {
        assertThat(page.locator("dialog.finder").first()).hasAttribute("aria-busy", "false");
    }

    @Test
    void accountsAndTransfersAreFoundByNameAndId() {
        go("/markets");
        look("noeth");
        assertThat(option("Emmy Noether")).isVisible();
        settled();
        chosen(option("Emmy Noether"));
        page.keyboard().press("Enter");
        assertThat(page).hasTitle("Emmy Noether \u00B7 Partita");
        look(HILBERT);
        assertThat(option("David Hilbert")).isVisible();
        settled();
        page.keyboard().press("Enter");
        assertThat(page).hasTitle("David Hilbert \u00B7 Partita");
        look(transfer);
        // Whoever presses Enter at once means what will be found.
        page.keyboard().press("Enter");
        assertThat(page.getByText("Rings and ideals").first()).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/transfers/" + transfer));
    }

    @Test
    void ordersAreFoundByTheBooksNumberAndByTheirClients() {
        go("/");
        look(COMMAND);
        Locator found = option("ACME/" + order);
        assertThat(found).containsText("Buy 70");
        settled();
        page.keyboard().press("Enter");
        assertThat(page.locator("vaadin-dialog")).containsText("Order " + order);
        assertThat(page).hasURL(Pattern.compile(".*/markets/ACME\\?order=" + order));
        page.keyboard().press("Escape");
        assertThat(page.locator("vaadin-dialog[opened]")).hasCount(0);
        look("acme/" + order);
        assertThat(option("ACME/" + order)).containsText("account 1");
        page.keyboard().press("Escape");
        look("ACME");
        assertThat(page.locator("[role=group]", new Page.LocatorOptions().setHasText("Instruments"))).isVisible();
    }

    @Test
    void portfoliosAndUsersAreFoundAndArrowsChooseAmongThem() {
        go("/");
        look("technology");
        assertThat(option("Technology")).containsText("tech");
        settled();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/portfolios\\?.*portfolio=tech.*"));
        look("acc");
        settled();
        Locator options = page.locator("partita-finder [role=option]");
        chosen(options.first());
        page.keyboard().press("ArrowDown");
        chosen(options.nth(1));
        page.keyboard().press("ArrowUp");
        page.keyboard().press("ArrowUp");
        chosen(options.last());
        page.keyboard().press("Escape");
        look("admin");
        assertThat(page.locator("[role=group]", new Page.LocatorOptions().setHasText("Users"))).isVisible();
    }

    @Test
    void whatIsNotThereIsSaid() {
        go("/");
        for (List<String> wrong : List.of(List.of("00000000-0000-7000-8000-000000000000", "Nothing that you may see has the id 00000000-0000-7000-8000-000000000000."),
                List.of("0199c3a4-7f00-7000", "That is not a whole id: one has 36 characters, four of them hyphens."), List.of("ACME/999999", "ACME has no order or trade 999999 that you may see."),
                List.of("zzyzx road", "Nothing that you may see is called \u201Czzyzx road\u201D."))) {
            look(wrong.getFirst());
            assertThat(page.locator(".finder-remark")).hasText(wrong.getLast());
            page.keyboard().press("Escape");
        }
    }

    @Test
    void theSameFieldGoesToPagesAndDoesThingsAndGivesTheFocusBack() {
        go("/accounts");
        Locator search = page.getByLabel("Search accounts");
        search.focus();
        page.keyboard().press("Control+k");
        assertThat(field()).isFocused();
        assertThat(option("Risk history")).isVisible();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat((Boolean) page.evaluate("document.querySelector('dialog.finder').contains(document.activeElement) || document.activeElement === document.body")).isTrue();
        page.keyboard().press("Escape");
        assertThat(search).isFocused();
        page.keyboard().press("Control+k");
        page.keyboard().type("limi");
        settled();
        chosen(option("Limits"));
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Limits");
        page.keyboard().press("Control+k");
        page.keyboard().type("dark");
        settled();
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("theme", "dark");
        page.keyboard().press("Control+k");
        page.keyboard().type("my profile");
        settled();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/profile"));
    }

    @Test
    void keysAloneLeadToPagesUnlessTheyAreTurnedOff() {
        go("/");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"))).containsText("Approvals");
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("a");
        assertThat(page.locator("h1")).hasText("Accounts");
        page.getByLabel("Search accounts").focus();
        page.keyboard().type("g?/ m");
        assertThat(page.getByLabel("Search accounts")).hasValue("g?/ m");
        page.locator("h1").click();
        page.keyboard().press("?");
        page.getByLabel("Keys without Ctrl work, too").uncheck();
        page.keyboard().press("Escape");
        page.keyboard().press("/");
        page.keyboard().press("g");
        page.keyboard().press("m");
        page.keyboard().press("Control+k");
        assertThat(field()).isFocused();
        assertThat(page.locator("h1")).hasText("Accounts");
    }

    @Test
    void nobodyFindsWhatTheyMayNotSee() {
        SignIn.person(member, "turing", "ADMIN");
        use(premises.chromium().strange(1280, 860, ColorScheme.LIGHT));
        SignIn.at(page, premises.url(), "turing", SignIn.PASSWORD);
        assertThat(page.locator("h1")).hasText("Overview");
        look("noether");
        assertThat(page.locator(".finder-remark")).hasText("Nothing that you may see is called \u201Cnoether\u201D.");
        page.keyboard().press("Escape");
        look("turing");
        assertThat(option("turing")).isVisible();
        page.keyboard().press("Escape");
        look("transfer");
        settled();
        assertThat(page.locator("partita-finder [role=option]")).hasCount(0);
    }

    @Test
    void onAPhoneTheFieldFillsTheWidth() {
        use(premises.chromium().window(390, 844, ColorScheme.LIGHT));
        go("/");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search or jump to")).click();
        page.keyboard().type("noether");
        assertThat(option("Emmy Noether")).isVisible();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth")).isLessThanOrEqualTo(0);
    }

    // ---- being told ------------------------------------------------------------------------------------------------------

    /** As the administrator does in a window of their own. */
    private static void agree(String request) {
        String token = SignIn.post(member, "/auth/sign-in", "", "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(SignIn.ADMIN, SignIn.PASSWORD)).replaceFirst("(?s).*\"accessToken\":\"([^\"]*)\".*", "$1");
        SignIn.post(member, "/approvals/" + request + "/approve", token, "{\"reason\":\"seen\"}");
    }

    @Test
    void whatWaitsOrGoesWrongIsToldByPushAndIsUnreadUntilItIsRead() {
        go("/accounts");
        Locator bell = page.locator(".bell > vaadin-button");
        Locator said = page.locator(".bell [role=status]");
        Locator panel = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Notifications"));
        String request = member.askFor("/risk/limits/find-net", "{\"scope\":\"PORTFOLIO\",\"target\":\"house\",\"measure\":\"NET_EXPOSURE\",\"soft\":\"1\",\"hard\":\"2\",\"holds\":false,\"actor\":\"ops\"}");
        assertThat(said).containsText("Limit change waits for you");
        assertThat(bell).hasAttribute("aria-label", Pattern.compile("Notifications, [0-9]+ unread"));
        bell.focus();
        page.keyboard().press("Enter");
        Locator link = panel.locator("a.unread", new Locator.LocatorOptions().setHasText("Limit change waits for you")).first();
        assertThat(link).isVisible();
        link.focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/approvals\\?id=" + request));
        page.keyboard().press("Escape");
        agree(request);
        member.post("/risk/limits/evaluations", "{}");
        assertThat(said).containsText("Hard limit crossed: find-net");
        bell.focus();
        page.keyboard().press("Enter");
        assertThat(panel.locator("a.unread", new Locator.LocatorOptions().setHasText("Hard limit crossed: find-net"))).isVisible();
        panel.getByText("Mark all as read").focus();
        page.keyboard().press("Enter");
        assertThat(bell).hasAttribute("aria-label", "Notifications");
        assertThat(panel.locator("a.unread")).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(bell).isFocused();
        readElsewhere();
        agree(member.askToRemove("/risk/limits/find-net"));
    }

    /** A console that was started later knows what was read before. */
    private static void readElsewhere() {
        try (ConsoleProcess other = ConsoleProcess.start(member, folder, "256m"); Chromium.Window theirs = premises.chromium().strange(1280, 860, ColorScheme.LIGHT)) {
            SignIn.at(theirs.page(), other.url(), SignIn.ADMIN, SignIn.PASSWORD);
            theirs.page().locator("h1:has-text('Overview')").waitFor();
            Locator panel = theirs.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Notifications"));
            theirs.page().locator(".bell > vaadin-button").click();
            assertThat(panel.getByText("Hard limit crossed: find-net").first()).isVisible();
            assertThat(panel.locator("a.unread", new Locator.LocatorOptions().setHasText("Hard limit crossed: find-net"))).hasCount(0);
        }
    }

    // ---- being shown around ----------------------------------------------------------------------------------------------

    private void within(Locator card) {
        assertThat((Boolean) card.evaluate("card => { const box = card.getBoundingClientRect(); return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; }")).isTrue();
    }

    @Test
    void aNewcomerIsShownAroundOnceAndWheneverTheyAsk() {
        SignIn.person(member, "curie", "VIEWER");
        use(premises.chromium().strange(1280, 860, ColorScheme.LIGHT));
        SignIn.asNewcomer(page, premises.url(), "curie", SignIn.PASSWORD);
        Locator tour = page.locator("dialog.tour");
        assertThat(tour).containsText("1 of 6");
        page.keyboard().press("Enter");
        assertThat(tour).containsText("Find anything");
        page.keyboard().press("ArrowLeft");
        assertThat(tour).containsText("Where everything is");
        page.keyboard().press("Escape");
        assertThat(tour).isHidden();
        page.reload();
        assertThat(page.locator("h1")).hasText("Overview");
        page.keyboard().press("Control+k");
        page.keyboard().type("tour");
        settled();
        page.keyboard().press("Enter");
        for (int step = 1; step <= 6; step++) {
            assertThat(tour).containsText(step + " of 6");
            within(tour.locator(".tour-card"));
            page.keyboard().press("Enter");
        }
        assertThat(tour).isHidden();
        page.getByLabel("Signed in as curie").click();
        page.getByText("Take the tour").last().click();
        assertThat(tour).isVisible();
    }

    @Test
    void theTourFitsOnAPhone() {
        SignIn.person(member, "hopper", "VIEWER");
        use(premises.chromium().strange(390, 844, ColorScheme.DARK));
        SignIn.asNewcomer(page, premises.url(), "hopper", SignIn.PASSWORD);
        Locator tour = page.locator("dialog.tour");
        for (int step = 1; step <= 6; step++) {
            assertThat(tour).containsText(step + " of 6");
            within(tour.locator(".tour-card"));
            page.keyboard().press("Enter");
        }
        assertThat(tour).isHidden();
    }

    @Test
    void whoeverHasNoPasswordYetFindsTheCommandThatShowsItAndCopiesIt() {
        use(premises.chromium().strange(1280, 860, ColorScheme.LIGHT));
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.navigate(premises.url() + "/sign-in");
        // Enter signs in, wherever the focus is.
        page.locator("vaadin-details-summary").focus();
        page.keyboard().press("Space");
        Locator copy = page.getByLabel("Copy the command", new Page.GetByLabelOptions().setExact(true));
        assertThat(copy).isVisible();
        copy.focus();
        page.keyboard().press("Space");
        page.waitForFunction("() => navigator.clipboard.readText().then(text => text === 'cat data/admin.password')");
        page.getByLabel("Copy the command for docker").click();
        page.waitForFunction("() => navigator.clipboard.readText().then(text => text.startsWith('docker compose ') && text.endsWith(' cat /keys/admin.password'))");
    }
}
