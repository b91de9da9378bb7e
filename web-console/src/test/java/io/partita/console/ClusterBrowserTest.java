package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.SignIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The pages of the cluster and of lineages over two members; and what people see when members die. The deaths come last. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterBrowserTest {

    private static final double PATIENCE = 60_000;
    private static final String TRANSFER = UUID.randomUUID().toString();

    @TempDir
    static Path folder;
    private static MemberProcess first;
    private static MemberProcess second;
    private static ServletWebServerApplicationContext console;
    private static Chromium chromium;

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(Chromium.path().isPresent(), "Skipped: there is no Chromium on this machine. On Debian, install the package chromium.");
        Assumptions.assumeTrue(MemberProcess.available(), "Skipped: no packaged member in ../grid-members/target. Run ./partita test, or mvn verify on all modules.");
        first = new MemberProcess(folder.resolve("first"));
        second = first.beside(folder.resolve("second"));
        first.start();
        second.start();
        for (String account : List.of("1001\",\"type\":\"ASSET", "1002\",\"type\":\"LIABILITY")) {
            first.post("/accounts", "{\"name\":\"An account\",\"currency\":\"EUR\",\"id\":\"" + account + "\"}");
        }
        first.post("/transfers", "{\"id\":\"%s\",\"debitAccount\":\"1001\",\"creditAccount\":\"1002\",\"amount\":\"25.00\",\"currency\":\"EUR\",\"reference\":\"rent\"}".formatted(TRANSFER));
        console = (ServletWebServerApplicationContext) new SpringApplicationBuilder(PartitaConsole.class)
                .run("--partita.console.port=0", "--partita.api=" + first.api() + "," + second.api(), "--partita.grid.name=" + first.cluster,
                        "--partita.grid.addresses=127.0.0.1:" + first.gridPort + ",127.0.0.1:" + second.gridPort, "--partita.console.key-file=" + first.secret("console.key"));
        chromium = new Chromium();
        SignIn.choosePassword(first);
        chromium.signIn(url(), SignIn.ADMIN, SignIn.PASSWORD);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (console != null) {
            console.close();
        }
        for (MemberProcess member : new MemberProcess[] {second, first}) {
            if (member != null) {
                member.close();
            }
        }
    }

    @BeforeEach
    void open() {
        use(1280);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void use(int width) {
        if (window != null) {
            window.close();
        }
        window = chromium.window(width, 860, ColorScheme.LIGHT);
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

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).last();
    }

    private Locator rows(String panel) {
        return page.locator(".panel", new Page.LocatorOptions().setHas(page.locator("h2", new Page.LocatorOptions().setHasText(panel)))).last().locator("tbody tr");
    }

    @Test
    @Order(1)
    void the_cluster_shows_its_members_partitions_shards_maps_and_database() {
        go("/cluster");
        assertThat(rows("Members")).hasCount(2);
        assertThat(text("Oldest, keeps the view")).isVisible();
        assertThat(page.locator(".shard-picture svg g")).hasCount(256);
        assertThat(rows("Maps").filter(new Locator.FilterOptions().setHasText("ledger-shards"))).containsText("ledger");
        assertThat(page.locator(".panel", new Page.LocatorOptions().setHasText("Who may write"))).containsText("127.0.0.1:" + second.gridPort);
        assertThat(rows("PostgreSQL")).hasCount(2);
        assertThat(page.locator("partita-chart")).hasCount(2);
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    @Order(2)
    void a_transfer_is_drawn_from_its_client_to_the_balances_and_each_node_leads_to_its_page() {
        go("/lineage");
        page.getByLabel("Id", new Page.GetByLabelOptions().setExact(true)).fill(TRANSFER);
        button("Show").click();
        assertThat(page.locator(".lineage-drawing .node.root")).containsText("25.00 EUR");
        for (String kind : List.of("command", "block", "shard", "account")) {
            assertThat(page.locator(".lineage-drawing .node." + kind).first()).isVisible();
        }
        assertThat(rows("The same as a list").filter(new Locator.FilterOptions().setHasText("rent"))).hasCount(1);
        page.locator(".lineage-drawing a", new Page.LocatorOptions().setHasText("Account 1002")).click();
        assertThat(page).hasURL(url() + "/accounts/1002");
        go("/lineage/nothing-of-the-kind");
        assertThat(text("Nothing of that id")).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    @Order(3)
    void nothing_is_wider_than_a_phone() {
        use(390);
        for (String path : List.of("/cluster", "/drills", "/lineage/" + TRANSFER)) {
            go(path);
            assertThat(page.locator(".panel").last()).isVisible();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).as(path).isLessThanOrEqualTo(0);
        }
    }

    @Test
    @Order(4)
    void the_death_of_a_member_logs_nobody_out_and_losing_all_of_them_is_survived_without_a_reload() {
        go("/cluster");
        assertThat(rows("Members")).hasCount(2);
        page.evaluate("window.neverReloaded = true");
        first.kill();
        assertThat(rows("Members")).hasCount(1);
        page.locator("vaadin-side-nav-item[path='accounts']").click();
        assertThat(text("An account")).isVisible();
        second.kill();
        assertThat(page.locator(".banner")).containsText("Waiting for the grid.");
        first.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> page.locator(".banner").isHidden());
        page.locator("vaadin-side-nav-item[path='cluster']").click();
        assertThat(rows("Members")).hasCount(1);
        assertThat(text("\u2713 Whole")).isVisible();
        assertThat((Boolean) page.evaluate("window.neverReloaded === true")).isTrue();
    }
}
