package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.PartitaClients;
import io.partita.console.testing.BusyBook;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.ConsoleProcess;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.PageMeter;
import io.partita.console.testing.PageMeter.Held;
import io.partita.console.testing.PageMeter.Smoothness;
import io.partita.console.testing.Premises;
import io.partita.console.testing.RiskWorld;
import io.partita.console.testing.SignIn;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.money.Currency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pages and the console hold and how they run while a lot happens, for as long as {@code docs/console.md} tells by settings. It takes minutes at least, so it runs when it is asked for.
 * Figures are left in {@code target/endurance}.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "partita.endurance", matches = "true", disabledReason = "minutes of load, run with -Dpartita.endurance=true: docs/console.md")
@ExtendWith(Premises.Shared.class)
class EnduranceBrowserTest {

    private static final int SECONDS = Integer.getInteger("partita.endurance.seconds", 20);
    private static final int SESSIONS = Integer.getInteger("partita.endurance.sessions", 5);
    private static final int UPDATES = Integer.getInteger("partita.endurance.updates", 1_000);
    private static final int ACCOUNTS = Integer.getInteger("partita.endurance.accounts", 20_000);
    private static final int BATCH = 10_000;
    private static final long FIRST_ACCOUNT = 50_000_000;
    private static final String LIST = "/api/v1/accounts";
    private static final int PAGE_ROWS = 100;
    private static final int ROWS_OF_A_STEP = 200;
    private static final int STEPS = 10;
    /** At which is looked what there is in memory. */
    private static final int MOMENTS = Math.max(4, SECONDS / 60);
    private static final Duration WARM = Duration.ofSeconds(8);
    private static final Path FIGURES = Path.of("target", "endurance");
    private static final int SHOWN = 971;
    private static final int HELD = 972;
    private static final String MARKET = "/markets/SHOWN";
    private static final String PORTFOLIO = "/portfolios?portfolio=busy";
    /** What people leave open. */
    private static final List<String> PAGES = List.of(MARKET, "/", "/markets", "/accounts", "/portfolios", "/cluster", "/alerts", "/transfers", "/limits", "/jobs");
    private static final long MEGABYTE = 1 << 20;
    private static final long HEAP = 1_024 * MEGABYTE;

    @TempDir
    static Path folder;
    private static Premises premises;
    private static MemberProcess member;
    private static ConsoleProcess console;

    @BeforeAll
    static void start(Premises shared) throws IOException {
        premises = shared;
        member = shared.member();
        list(SHOWN, "SHOWN");
        list(HELD, "HELD");
        member.post("/positions/imports", "{\"name\":\"busy\",\"rows\":[{\"row\":1,\"account\":\"9721\",\"symbol\":\"HELD\",\"currency\":\"EUR\",\"day\":\"%s\",\"quantity\":\"1000\",\"price\":\"20\"}]}"
                .formatted(RiskWorld.LAST));
        member.put("/portfolios/busy", "{\"name\":\"Busy\",\"level\":\"FIRM\",\"base\":\"EUR\"}");
        member.put("/portfolios/busy-desk", "{\"name\":\"Desk\",\"level\":\"DESK\",\"base\":\"EUR\",\"parent\":\"busy\"}");
        member.put("/portfolios/busy-book", "{\"name\":\"Book\",\"level\":\"BOOK\",\"base\":\"EUR\",\"parent\":\"busy-desk\"}");
        member.post("/portfolios/busy-book/accounts", "[\"9721\"]");
        console = ConsoleProcess.start(member, folder, "1g");
        Files.createDirectories(FIGURES);
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
        }
    }

    private static void list(int instrument, String symbol) {
        member.post("/instruments", "{\"id\":%d,\"symbol\":\"%s\",\"currency\":\"EUR\",\"tick\":\"0.01\"}".formatted(instrument, symbol));
        for (String phase : List.of("PRE_OPEN", "CONTINUOUS")) {
            member.put("/instruments/" + symbol + "/phase", "{\"id\":%d,\"phase\":\"%s\"}".formatted(premises.nextId(), phase));
        }
    }

    private static Chromium.Window open(String path) {
        Chromium.Window window = premises.chromium().strange(1440, 1000, ColorScheme.LIGHT);
        SignIn.at(window.page(), console.url(), SignIn.ADMIN, SignIn.PASSWORD);
        assertThat(window.page().locator("h1")).hasText("Overview");
        window.page().navigate(console.url() + path);
        assertThat(window.page().locator("h1")).isVisible();
        return window;
    }

    private static void write(String file, String line) {
        try {
            Files.writeString(FIGURES.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(Page page, Duration time) {
        page.waitForTimeout(time.toMillis());
    }

    @Test
    void aMarketThatChangesAThousandTimesASecondIsShownSmoothlyAndLeaksNothing() {
        watch(MARKET, SHOWN, "market.txt");
    }

    @Test
    void thePortfolioOfAnInstrumentThatChangesAThousandTimesASecondIsShownSmoothlyAndLeaksNothing() {
        watch(PORTFOLIO, HELD, "portfolio.txt");
    }

    private static void watch(String path, int instrument, String file) {
        try (Chromium.Window window = open(path); BusyBook book = new BusyBook(member, instrument, UPDATES)) {
            Page page = window.page();
            PageMeter meter = new PageMeter(page);
            pass(page, WARM);
            long began = System.nanoTime();
            long doneBefore = book.done();
            Held first = meter.held();
            long heapBefore = console.liveHeap();
            tell(file, meter, began, first, heapBefore, book);
            Held last = first;
            long heapAfter = heapBefore;
            List<Smoothness> parts = new ArrayList<>();
            for (int moment = 0; moment < MOMENTS; moment++) {
                meter.begin();
                pass(page, Duration.ofMillis(1_000L * SECONDS / MOMENTS));
                parts.add(meter.smoothness());
                last = meter.held();
                heapAfter = console.liveHeap();
                tell(file, meter, began, last, heapAfter, book);
            }
            double updates = (book.done() - doneBefore) * 1e9 / (System.nanoTime() - began);
            write(file, String.format(Locale.ROOT, "%.0f updates a second", updates));
            parts.forEach(part -> write(file, part.toString()));
            assertThat(updates).as("updates a second").isGreaterThan(UPDATES / 2.0);
            assertThat(book.refusals()).isEmpty();
            assertThat(book.trades()).isPositive();
            assertThat(parts).allSatisfy(part -> assertThat(part.changed()).as("frames a second that differ from the one before").isLessThan(12));
            assertThat(parts).anySatisfy(part -> assertThat(part.changed()).as("frames a second that differ from the one before").isPositive());
            // A machine that does something else at the same time lets any page wait now and then; a page that is not smooth is so each time.
            assertThat(parts).anySatisfy(part -> assertThat(part.p95()).as("milliseconds between two frames").isLessThanOrEqualTo(67));
            assertThat(last.nodes()).as("elements, at first %s", first).isLessThan(first.nodes() + first.nodes() / 5);
            assertThat(last.listeners()).as("listeners, at first %s", first).isLessThan(first.listeners() + first.listeners() / 5);
            assertThat(last.heap()).as("bytes in the page, at first %s", first).isLessThan(first.heap() + first.heap() / 4 + 2 * MEGABYTE);
            assertThat(heapAfter).as("bytes in the console, at first %d", heapBefore).isLessThan(heapBefore + 16 * MEGABYTE);
            assertThat(window.troubles()).isEmpty();
            assertThat(window.failures()).isEmpty();
        }
    }

    private static void tell(String file, PageMeter meter, long began, Held held, long heap, BusyBook book) {
        write(file, String.format(Locale.ROOT, "after %.0f s: page %.1f MB, %d elements, %d listeners; console %.1f MB; %d updates, %d trades, refused %s", (System.nanoTime() - began) / 1e9,
                held.heap() / 1e6, held.nodes(), held.listeners(), heap / 1e6, book.done(), book.trades(), book.refusals()));
    }

    @Test
    void manyWhoAreSignedInFitIntoAGigabyte() {
        open("/").close();
        long before = console.liveHeap();
        List<Chromium.Window> windows = new ArrayList<>();
        try {
            for (int session = 0; session < SESSIONS; session++) {
                windows.add(open(PAGES.get(session % PAGES.size())));
            }
            long full = console.liveHeap();
            write("sessions.txt", String.format(Locale.ROOT, "%d sessions: %.1f MB, %.1f MB before them, %.2f MB each", SESSIONS, full / 1e6, before / 1e6, (full - before) / 1e6 / SESSIONS));
            // What fifty of them hold has to leave most of a gigabyte to what comes and goes.
            assertThat(before + 50 * Math.max(0, full - before) / SESSIONS).as("bytes that fifty sessions hold").isLessThan(HEAP / 2);
            for (Chromium.Window window : windows) {
                assertThat(window.page().locator(".grid-state")).hasText("1 member");
                assertThat(window.troubles()).isEmpty();
            }
        } finally {
            windows.forEach(Chromium.Window::close);
        }
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            long after = console.liveHeap();
            write("sessions.txt", String.format(Locale.ROOT, "their pages closed: %.1f MB", after / 1e6));
            assertThat(after).as("bytes once their pages are closed").isLessThan(before + MEGABYTE * (4 + SESSIONS));
        });
    }

    /** Through the grid, so many at a time. */
    private static void openAccounts() {
        HazelcastInstance grid = HazelcastClient.newHazelcastClient(PartitaClients.config(member.cluster, List.of("127.0.0.1:" + member.gridPort)));
        try (LedgerClient ledger = HazelcastLedgerClient.of(grid, Duration.ofMinutes(1))) {
            for (int first = 0; first < ACCOUNTS; first += BATCH) {
                List<AccountCommand> batch = IntStream.range(first, Math.min(ACCOUNTS, first + BATCH)).<AccountCommand>mapToObj(number -> AccountCommand.open(
                        Account.of(FIRST_ACCOUNT + number, holder(number), AccountType.LIABILITY, Currency.of("EUR")))).toList();
                assertThat(ledger.accountsAsync(batch).join()).allMatch(LedgerResult::booked);
            }
        } finally {
            grid.shutdown();
        }
    }

    private static String holder(int number) {
        return "Holder %07d".formatted(number);
    }

    private static Locator cell(Page page, String text) {
        return page.locator("vaadin-grid-cell-content").getByText(text, new Locator.GetByTextOptions().setExact(true)).first();
    }

    @Test
    void aListOfManyAccountsIsScrolledAndFilteredWithoutBeingLoaded() {
        openAccounts();
        try (Chromium.Window window = open("/accounts")) {
            Page page = window.page();
            int before = member.asked(LIST);
            long shown = millis(() -> {
                page.navigate(console.url() + "/accounts?search=Holder");
                assertThat(cell(page, holder(0))).isVisible();
            });
            int first = member.asked(LIST);
            List<Long> steps = new ArrayList<>();
            for (int step = 1; step <= STEPS; step++) {
                int row = step * ROWS_OF_A_STEP;
                // A list knows of no more rows than it has looked for, so it may take more than one try.
                steps.add(millis(() -> page.waitForFunction("""
                        ([row, name]) => {
                            const grid = document.querySelector('vaadin-grid');
                            grid.scrollToIndex(row);
                            return [...grid.querySelectorAll('vaadin-grid-cell-content')].some(each => each.textContent.includes(name));
                        }""", List.of(row, holder(row)), new Page.WaitForFunctionOptions().setPollingInterval(50))));
            }
            int scrolled = member.asked(LIST);
            long filtered = millis(() -> {
                page.getByLabel("Search accounts").fill(holder(ACCOUNTS - 1));
                assertThat(cell(page, holder(ACCOUNTS - 1))).isVisible();
                assertThat(cell(page, holder(STEPS * ROWS_OF_A_STEP))).isHidden();
            });
            int last = member.asked(LIST);
            write("accounts.txt", "%d accounts: shown after %d ms by %d requests of %d rows; %d rows further down after %s ms, by %d requests; the last account by its name after %d ms, by %d"
                    .formatted(ACCOUNTS, shown, first - before, PAGE_ROWS, ROWS_OF_A_STEP, steps, scrolled - first, filtered, last - scrolled));
            assertThat(first - before).as("requests for the first rows").isLessThanOrEqualTo(2);
            assertThat(scrolled - first).as("requests on the way down").isLessThanOrEqualTo(2 * STEPS * ROWS_OF_A_STEP / PAGE_ROWS);
            assertThat(last - scrolled).as("requests for a filter").isEqualTo(1);
            assertThat(window.troubles()).isEmpty();
        }
    }

    private static long millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
