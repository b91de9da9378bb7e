package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.Premises;
import io.partita.console.testing.RiskWorld;
import io.partita.console.testing.SignIn;
import io.partita.console.ui.Amounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The markets as people use them: a real browser, the real console, a real member. */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class MarketsBrowserTest {

    @TempDir
    static Path folder;
    private static Premises premises;
    private static MemberProcess member;
    private static Chromium chromium;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Chromium.Window window;
    private Page page;

    @BeforeAll
    static void start(Premises shared) {
        premises = shared;
        member = shared.member();
        chromium = shared.chromium();
        order("SELL", "101.50", 300);
        order("SELL", "101.60", 500);
        order("BUY", "101.30", 400);
    }

    private static void order(String side, String price, long quantity) {
        member.post("/orders", "{\"symbol\":\"ACME\",\"id\":%d,\"account\":1,\"side\":\"%s\",\"price\":\"%s\",\"quantity\":%d%s}"
                .formatted(premises.nextId(), side, price, quantity, side.equals("SELL") ? ",\"shortSale\":true,\"located\":true" : ""));
    }

    @BeforeEach
    void open() {
        window = chromium.window(1440, 1000, ColorScheme.LIGHT);
        page = window.page();
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static String url() {
        return premises.url();
    }

    private void go(String path) {
        page.navigate(url() + path);
        assertThat(page.locator("h1")).isVisible();
    }

    private Locator row(String side, String price) {
        return page.locator("partita-ladder ." + side, new Page.LocatorOptions().setHasText(price)).first();
    }

    private void fill(String label, String value) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first();
        field.fill(value);
        field.blur();
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).last();
    }

    @Test
    void aBookIsSeenTradedInAndHalted() {
        go("/markets");
        page.getByText("ACME").first().click();
        assertThat(page).hasTitle("ACME \u00B7 Partita");
        assertThat(row("offer", "101.50")).containsText("300");
        assertThat(row("bid", "101.30")).containsText("400");
        button("Buy ACME").click();
        assertThat(page.getByText("The number of an account.").first()).isVisible();
        fill("Account", "2");
        fill("Quantity", "100");
        row("offer", "101.50").click();
        button("Buy ACME").click();
        assertThat(row("offer", "101.50")).containsText("200");
        assertThat(page.locator(".tape td", new Page.LocatorOptions().setHasText("101.50")).first()).isVisible();
        assertThat(page.locator(".kpi-value").first()).containsText("101.50");
        page.getByText("Filled", new Page.GetByTextOptions().setExact(true)).first().click();
        assertThat(page.locator(".blotter .pill").first()).hasText("Filled");
        fill("Price", "101.52");
        button("Buy ACME").click();
        assertThat(page.locator(".refusal")).containsText("OFF_TICK");
        button("Halt").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".page-head .pill")).hasText("Halted");
        fill("Price", "101.50");
        button("Buy ACME").click();
        assertThat(page.locator(".refusal")).containsText("WRONG_PHASE");
        member.put("/instruments/ACME/phase", "{\"id\":%d,\"phase\":\"CONTINUOUS\"}".formatted(premises.nextId()));
        assertThat(page.locator(".page-head .pill")).hasText("Continuous");
        // Told by the browser of answers that refuse something, as they should.
        assertThat(window.troubles()).isEmpty();
    }

    private void choose(String label, String item) {
        page.locator("vaadin-select", new Page.LocatorOptions().setHasText(label)).first().click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(item).setExact(true)).last().click();
    }

    @Test
    void aPeggedOrderIsEnteredAndItsHistoryIsShown() {
        go("/markets/ACME");
        fill("Account", "2");
        fill("Quantity", "50");
        choose("Type", "Pegged");
        choose("Time in force", "Good till date");
        button("Buy ACME").click();
        assertThat(page.getByText("When it ends.").first()).isVisible();
        choose("Time in force", "Good till cancel");
        choose("Follows", "Middle");
        fill("Price", "100.00");
        button("Buy ACME").click();
        Locator row = page.locator(".blotter tbody tr", new Page.LocatorOptions().setHasText("Pegged")).first();
        assertThat(row).containsText("New");
        row.getByText("History").click();
        assertThat(page.locator(".order-history tbody tr").first()).containsText("New");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close").setExact(true)).click();
        row.getByText("Cancel").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".blotter tbody tr", new Page.LocatorOptions().setHasText("Pegged"))).hasCount(0);
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void anAccountIsStoppedAndReleased() {
        go("/kill-switches?account=3");
        button("Stop").click();
        assertThat(page.getByText("It is kept with what you do.").first()).isVisible();
        assertThat(page.getByLabel("Your name").first()).hasValue("admin");
        fill("Reason", "orders that make no sense");
        button("Stop").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".stop-result")).containsText("Account 3 is stopped.");
        Locator stopped = page.locator(".kill-switches .stack .panel").first();
        assertThat(stopped).containsText("orders that make no sense");
        stopped.getByText("Release").click();
        Locator dialog = page.locator("vaadin-dialog");
        dialog.getByLabel("Reason").fill("explained");
        dialog.getByLabel("Reason").blur();
        dialog.getByText("Release", new Locator.GetByTextOptions().setExact(true)).last().click();
        assertThat(stopped).containsText("Nothing is stopped.");
        assertThat(page.locator(".kill-switches .stack .panel").last()).containsText("explained");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void aHaltOfTheWholeMarketWantsANameAndAReason() {
        go("/market-halts");
        assertThat(page.locator(".market-halts")).containsText("Not halted");
        assertThat(page.locator(".market-halts")).containsText("The market was never halted.");
        button("Halt everything").click();
        assertThat(page.getByText("It is kept with what you do.").first()).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void strategiesTradeThroughHistoryAndLive() throws IOException {
        StringBuilder prices = new StringBuilder("date,open,high,low,close,volume\n");
        for (int day = 0; day < 120; day++) {
            double price = 100 + 10 * Math.sin(day / 6.0);
            prices.append("%s,%.2f,%.2f,%.2f,%.2f,90000%n".formatted(LocalDate.of(2026, 1, 1).plusDays(day), price, price + 1, price - 1, price));
        }
        go("/strategies");
        page.locator("vaadin-upload input[type=file]").setInputFiles(Files.writeString(folder.resolve("prices.csv"), prices));
        assertThat(page.locator("vaadin-upload-file[complete]")).hasCount(1);
        button("Backtest all").click();
        Locator rows = page.locator(".strategies tbody tr");
        assertThat(rows).hasCount(4);
        assertThat(rows.first()).containsText("120 bars");
        assertThat((double) (int) page.evaluate("document.querySelector('partita-equity').lines[0].points.length")).isEqualTo(120.0);
        choose("Strategy", "Market making");
        page.getByLabel("Instrument", new Page.GetByLabelOptions().setExact(true)).first().fill("ACME");
        page.keyboard().press("Enter");
        fill("Account", "901");
        fill("Most", "200");
        button("Trade live").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(rows).hasCount(1);
        assertThat(rows.first()).containsText("Running");
        assertThat(rows.first()).containsText("most 200");
        rows.first().getByText("Stop").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(rows.first()).containsText("Stopped");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void jobsAreSubmittedWatchedAndCancelled() {
        go("/jobs");
        choose("Job", "surveillance");
        fill("Stuffing", "many");
        button("Submit").click();
        assertThat(page.getByText("A number.").first()).isVisible();
        fill("Stuffing", "1");
        button("Submit").click();
        assertThat(page.locator(".refusal")).containsText("INVALID_OPTION");
        fill("Stuffing", "200");
        button("Submit").click();
        Locator row = page.locator(".jobs tbody tr", new Page.LocatorOptions().setHasText("surveillance"));
        assertThat(row).containsText("Running");
        row.getByText("surveillance").click();
        assertThat(page.locator(".job-drawing .stage")).hasCount(3);
        assertThat(page.locator(".job-drawing .flow")).hasCount(2);
        assertThat(page.locator(".job .table-scroll tbody tr").first()).containsText("reports");
        button("Cancel").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        assertThat(page.locator(".page-head .pill")).hasText("Cancelled");
        assertThat(window.troubles()).isEmpty();
    }

    /** An hour of trades and one more, which says that it is over; in its fifty-third minute everything costs more than before and after. */
    private static String anHour(Instant end) {
        Random random = new Random(7);
        return IntStream.rangeClosed(0, 180).mapToObj(i -> "{\"symbol\": \"BRIO\", \"time\": \"%s\", \"price\": \"%s\", \"quantity\": %d, \"sequence\": %d}".formatted(
                end.minusSeconds(60 * (60 - i / 3) - 10 - 15 * (i % 3)), BigDecimal.valueOf((i / 3 == 52 ? 10_120 : 10_000) + random.nextInt(-3, 4), 2),
                100 + random.nextInt(20), i + 1)).collect(Collectors.joining(",", "{\"source\": \"test\", \"ticks\": [", "]}"));
    }

    @Test
    void pagesSayWhichJobFillsThemAndAnAlertIsJudged() {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60);
        member.post("/instruments", "{\"id\":2,\"symbol\":\"BRIO\",\"currency\":\"EUR\",\"tick\":\"0.01\"}");
        go("/data-quality");
        assertThat(page.getByText("No source was heard yet")).isVisible();
        go("/charts/BRIO?with=none");
        assertThat(page.getByText("No bars of 1 minute yet")).isVisible();
        assertThat(button("Start bars")).isVisible();
        member.post("/jobs", "{\"name\": \"bars\", \"options\": {\"stale\": \"86400\"}}");
        member.post("/marketdata/ticks", anHour(end));
        assertThat(page.locator("partita-price")).isVisible();
        go("/alerts/anomaly/none");
        assertThat(page.locator(".alerts")).containsText("ALERT_NOT_FOUND");
        go("/alerts");
        button("Start anomalies").click();
        page.locator(".inbox-item", new Page.LocatorOptions().setHasText("Bad print")).click();
        button("False alarm").click();
        Locator dialog = page.locator("vaadin-dialog");
        dialog.getByText("False alarm", new Locator.GetByTextOptions().setExact(true)).last().click();
        assertThat(page.locator(".feedback .pill")).hasText("False alarm");
        page.reload();
        assertThat(page.locator(".feedback .pill")).hasText("False alarm");
        // The same opinion again changes nothing, and tells the threshold: it was 6, and is e^0.08 times that.
        assertThat(member.post("/marketdata" + page.url().replaceFirst(".*/alerts/anomaly/", "/anomalies/") + "/feedback", "{\"real\": false, \"actor\": \"grace\"}"))
                .contains("\"threshold\":6.4997");
        member.post("/marketdata/corporate-actions", "{\"symbol\": \"BRIO\", \"kind\": \"SPLIT\", \"from\": \"%s\", \"now\": 4, \"old\": 1, \"actor\": \"desk\"}"
                .formatted(end.minusSeconds(60)));
        go("/charts/BRIO?with=none");
        page.waitForFunction("document.querySelector('partita-price').now.bars[0][4] > 99");
        page.getByLabel("Adjusted").check();
        page.waitForFunction("document.querySelector('partita-price').now.bars[0][4] < 26");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void anAlertRuleIsTriedAndKept() {
        go("/alert-rules");
        page.locator("vaadin-text-area textarea").fill("close >");
        button("Try on history").click();
        assertThat(page.locator(".refusal")).containsText("RULE_INVALID");
        page.locator("vaadin-text-area textarea").fill("close > 1000000.0");
        button("Try on history").click();
        assertThat(page.locator(".rule-form")).containsText("0 alerts.");
        fill("Name", "far-away");
        button("Keep the rule").click();
        assertThat(page.locator(".rules tbody tr").last()).containsText("far-away");
        assertThat(button("Start rules")).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void aWatchlistIsKeptInTheBrowser() {
        go("/watchlist");
        Locator row = page.locator(".watchlist tbody tr", new Page.LocatorOptions().setHasText("ACME"));
        assertThat(row).isVisible();
        page.getByLabel("Remove ACME").click();
        assertThat(row).hasCount(0);
        page.reload();
        assertThat(page.locator(".watchlist")).containsText("Nothing is watched.");
        page.locator(".watchlist vaadin-combo-box input").click();
        page.locator("vaadin-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("ACME")).first().click();
        assertThat(row).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    private static JsonNode asked(String path) {
        return JSON.readTree(member.ask(path));
    }

    /** An amount as the console writes it. */
    private static String figure(JsonNode amount) {
        return Amounts.figure(new BigDecimal(amount.asString()));
    }

    private static String brief(JsonNode amount) {
        return Amounts.brief(new BigDecimal(amount.asString()));
    }

    private Locator tile(String label) {
        return page.locator(".kpi", new Page.LocatorOptions().setHasText(label)).first();
    }

    @Test
    void aFirmIsSeenFromAboveDownToTheLotsOfAPosition() {
        go("/portfolios?portfolio=house&day=" + RiskWorld.LAST);
        JsonNode firm = asked("/portfolios/house?day=" + RiskWorld.LAST);
        assertThat(page.locator(".tree tbody tr")).hasCount(4);
        for (JsonNode sums : firm.get("sums")) {
            Locator row = page.locator(".tree tbody tr", new Page.LocatorOptions().setHasText(sums.get("code").asString())).first();
            assertThat(row).containsText(figure(sums.get("worth")));
            assertThat(row).containsText(Amounts.signed(new BigDecimal(sums.get("gain").asString())));
        }
        assertThat(tile("Worth")).containsText(brief(firm.get("total").get("worth")));
        page.setViewportSize(1280, 900);
        assertThat((int) page.evaluate("(table => table.scrollWidth - table.clientWidth)(document.querySelector('.tree .table-scroll'))")).as("hidden of the table").isZero();
        page.getByLabel("Fold Shares").click();
        assertThat(page.locator(".tree tbody tr")).hasCount(2);
        page.getByLabel("Unfold Shares").click();
        page.locator(".tree").getByText("Technology").click();
        assertThat(page).hasURL(Pattern.compile(".*portfolio=tech.*"));
        page.locator("vaadin-grid .text-button", new Page.LocatorOptions().setHasText("AAPL")).click();
        JsonNode lots = asked("/positions/lots?account=6001&symbol=AAPL&day=" + RiskWorld.LAST).get("lots");
        assertThat(page.locator(".lots tbody tr")).hasCount(lots.size());
        assertThat(page.locator(".lots tbody tr").first()).containsText(figure(lots.get(0).get("cost")));
        assertThat(window.troubles()).isEmpty();
    }

    /** WebSockets of {@code /ws/risk} that the member has. */
    private static String riskSessions() {
        return member.metrics().lines().filter(line -> line.startsWith("partita_risk_sessions")).map(line -> line.replaceFirst(".*[ ]", "")).collect(Collectors.joining());
    }

    @Test
    void aFirmIsFollowedPriceByPriceAndOnlyWhileSomebodyLooks() {
        member.post("/jobs", "{\"name\":\"pnl\"}");
        go("/portfolios?portfolio=tech");
        assertThat(panel("House, all levels")).containsText("Marked with each price");
        // The other one tells of breaches, on every page.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(riskSessions()).isEqualTo("2.0"));
        String before = tile("Worth").locator(".kpi-value").textContent();
        member.post("/prices", "{\"name\":\"next-day\",\"rows\":[{\"row\":1,\"symbol\":\"AAPL\",\"day\":\"%s\",\"close\":\"200.00\"}]}".formatted(RiskWorld.LAST.plusDays(1)));
        assertThat(tile("Worth").locator(".kpi-value")).not().hasText(before);
        JsonNode marked = asked("/portfolios/tech/pnl").get("total");
        assertThat(tile("Worth")).containsText(brief(marked.get("worth")));
        assertThat(page.locator(".tree tbody tr", new Page.LocatorOptions().setHasText("tech")).first()).containsText(figure(marked.get("worth")));
        assertThat(window.troubles()).isEmpty();
        go("/markets");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(riskSessions()).isEqualTo("1.0"));
    }

    @Test
    void whatADayHasGainedIsExplained() {
        go("/pnl?portfolio=house&from=2018-02-02&to=" + RiskWorld.LAST);
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal price = BigDecimal.ZERO;
        for (int day = 3; day <= 7; day++) {
            JsonNode parts = asked("/portfolios/house/explain?day=2018-02-0" + day).get("total");
            total = total.add(new BigDecimal(parts.get("total").asString()));
            price = price.add(new BigDecimal(parts.get("price").asString()));
        }
        assertThat(page.locator(".waterfall-row").first()).containsText(Amounts.signed(price));
        assertThat(page.locator(".waterfall-row.total")).containsText(Amounts.signed(total));
        assertThat(page.locator(".panel", new Page.LocatorOptions().setHasText("By day")).first().locator("tbody tr")).hasCount(5);
        assertThat(page.locator(".panel", new Page.LocatorOptions().setHasText("By position")).last().locator("tbody tr").last()).containsText(Amounts.signed(total));
        go("/pnl?portfolio=house&from=2018-02-07&to=2018-02-02");
        assertThat(page.getByText("Before the other day.").first()).isVisible();
        go("/pnl?portfolio=nobody");
        assertThat(page.getByText("No portfolio nobody")).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void riskIsMeasuredByEveryMethodAndHeldAgainstWhatCame() {
        go("/risk?portfolio=house&day=" + RiskWorld.LAST);
        String question = "/risk/portfolios/house?day=" + RiskWorld.LAST;
        for (String[] method : new String[][] {{"HISTORICAL", "Historical"}, {"FILTERED_HISTORICAL", "Filtered historical"}, {"PARAMETRIC", "Parametric"}, {"MONTE_CARLO", "Monte Carlo"}}) {
            JsonNode measured = asked(question + "&method=" + method[0]);
            Locator shown = page.locator(".kpi", new Page.LocatorOptions().setHas(page.locator(".kpi-label", new Page.LocatorOptions().setHasText(
                    Pattern.compile("^" + method[1] + "$")))));
            assertThat(shown.locator(".kpi-value")).hasText(brief(measured.get("valueAtRisk")));
            assertThat(shown.locator(".kpi-hint")).containsText(brief(measured.get("expectedShortfall")));
        }
        JsonNode report = asked("/risk/portfolios/house/backtest?day=" + RiskWorld.LAST);
        assertThat(page.locator(".zone")).containsText(report.get("zone").asString().toLowerCase(Locale.ROOT), new ContainsTextOptions().setIgnoreCase(true));
        assertThat(page.locator(".panel", new Page.LocatorOptions().setHasText("Exceptions")).locator("tbody tr")).hasCount(report.get("exceptions").size());
        page.waitForFunction("document.querySelector('partita-backtest').days.length === " + report.get("days").asInt());
        assertThat((int) page.evaluate("document.querySelector('partita-backtest').days.filter(([, gain, risk]) => -gain > risk).length")).isEqualTo(report.get("exceptions").size());
        assertThat(page.locator(".contributions tbody tr")).hasCount(12);
        assertThat(page.locator(".page.risk")).containsText("No price yet when the window begins");
        fill("Level, %", "40");
        assertThat(page.getByText("Above 50 and below 100.").first()).isVisible();
        fill("Level, %", "95");
        JsonNode lower = asked(question + "&level=0.95");
        assertThat(tile("Filtered historical").locator(".kpi-value")).hasText(brief(lower.get("valueAtRisk")));
        assertThat(page).hasURL(Pattern.compile(".*level=95.*"));
        assertThat(window.troubles()).isEmpty();
    }

    private Locator panel(String title) {
        return page.locator(".panel", new Page.LocatorOptions().setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title).setExact(true)))).first();
    }

    @Test
    void exposuresAndCorrelationsAreThoseOfTheMember() {
        go("/risk?portfolio=house&day=" + RiskWorld.LAST);
        JsonNode held = asked("/risk/portfolios/house/concentration?day=" + RiskWorld.LAST);
        assertThat(panel("Exposures")).containsText(figure(held.get("gross")));
        assertThat(panel("Exposures")).containsText(figure(held.get("currencies").get(0).get("exposure")));
        JsonNode correlation = asked("/risk/portfolios/house/correlation?day=" + RiskWorld.LAST);
        page.waitForFunction("document.querySelector('partita-matrix').names.length === " + correlation.get("symbols").size());
        assertThat(((Number) page.evaluate("document.querySelector('partita-matrix').values[1]")).doubleValue())
                .isCloseTo(correlation.get("correlation").get(0).get(1).asDouble(), within(1e-9));
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void greeksAreThoseOfTheMember() {
        go("/greeks?portfolio=house&day=" + RiskWorld.LAST);
        JsonNode greeks = asked("/risk/portfolios/house/greeks?day=" + RiskWorld.LAST);
        assertThat(tile("Delta")).containsText(brief(greeks.get("total").get("delta")));
        assertThat(panel("By underlying").locator("tbody tr")).hasCount(greeks.get("underlyings").size());
        JsonNode first = greeks.get("positions").get(0);
        assertThat(panel("By position")).containsText(first.get("symbol").asString());
        assertThat(panel("By position")).containsText(figure(first.get("delta")));
        fill("Rate, % a year", "1000");
        assertThat(page.getByText("\u2212100 to 100.").first()).isVisible();
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void aResultIsKeptAndCalculatedAgainToTheBit() {
        go("/risk?portfolio=tech&method=MONTE_CARLO&seed=7&scenarios=5000&day=" + RiskWorld.LAST);
        button("Keep this result").click();
        page.getByText("Open it").click();
        assertThat(page).hasTitle("Risk history \u00B7 Partita");
        JsonNode kept = asked("/risk/portfolios/tech/history").get("results").get(0);
        Locator detail = panel(kept.get("id").asString());
        for (String part : List.of("inputs", "figures", "seed", "engine", "version")) {
            assertThat(detail).containsText(kept.get(part).asString());
        }
        assertThat(panel("Results")).containsText(figure(kept.get("valueAtRisk")));
        button("Calculate it again").click();
        assertThat(panel("Calculated again")).containsText("Equal to the bit");
        // A price that is corrected afterwards is one of the inputs.
        member.post("/prices", "{\"name\":\"corrected\",\"correct\":true,\"rows\":[{\"row\":1,\"symbol\":\"AAPL\",\"day\":\"2017-06-01\",\"close\":\"150.00\"}]}");
        button("Calculate it again").click();
        assertThat(panel("Calculated again")).containsText("Not the same");
        assertThat(panel("Calculated again")).containsText("AAPL");
        go("/risk-history?portfolio=tech&result=nobody");
        assertThat(page.locator(".risk-history .refusal")).containsText("RISK_RESULT_NOT_FOUND");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void tradesAreTriedBeforeAnybodyMakesThem() {
        go("/what-if?portfolio=tech&day=" + RiskWorld.LAST);
        page.locator(".trade-row vaadin-combo-box input").fill("AAPL");
        page.locator("vaadin-combo-box-item:not([hidden])", new Page.LocatorOptions().setHasText("AAPL")).first().click();
        page.getByLabel("Quantity, negative to sell").fill("-200");
        page.getByLabel("Quantity, negative to sell").blur();
        JsonNode whatIf = JSON.readTree(member.post("/risk/portfolios/tech/what-if?day=" + RiskWorld.LAST, "{\"trades\":[{\"symbol\":\"AAPL\",\"quantity\":\"-200\"}]}"));
        assertThat(tile("Value at risk before")).containsText(brief(whatIf.get("before").get("valueAtRisk")));
        assertThat(page.locator(".kpi", new Page.LocatorOptions().setHasText("After")).first()).containsText(brief(whatIf.get("after").get("valueAtRisk")));
        assertThat(tile("Change")).containsText(brief(whatIf.get("change").get("valueAtRisk")));
        assertThat(page).hasURL(Pattern.compile(".*trades=AAPL.*"));
        page.reload();
        assertThat(tile("Change")).containsText(brief(whatIf.get("change").get("valueAtRisk")));
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void scenariosSayWhatWouldBeLostAndOnesOwnIsKept() {
        go("/stress?portfolio=house&day=" + RiskWorld.LAST);
        JsonNode stressed = asked("/risk/portfolios/house/stress?day=" + RiskWorld.LAST);
        assertThat(panel("Scenarios").locator("tbody tr")).hasCount(stressed.get("scenarios").size());
        for (JsonNode outcome : stressed.get("scenarios")) {
            assertThat(panel("Scenarios").locator("tbody tr", new Locator.LocatorOptions().setHasText(outcome.get("name").asString())).first())
                    .containsText(Amounts.signed(new BigDecimal(outcome.get("profit").asString())));
        }
        JsonNode grid = asked("/risk/portfolios/house/stress/grid?spot=-0.3&volatility=0&day=" + RiskWorld.LAST);
        assertThat(page.locator(".stress-grid tbody tr").first()).containsText(Amounts.signed(new BigDecimal(grid.get("profit").get(0).get(0).asString())));
        button("Keep the scenario").click();
        assertThat(page.getByText("What it is called.").first()).isVisible();
        fill("Name", "Shares halve");
        fill("Code", "halved");
        fill("Where it is from", "our own");
        page.getByLabel("Move in percent").fill("-50");
        page.getByLabel("Move in percent").blur();
        button("Keep the scenario").click();
        Locator own = panel("Scenarios").locator("tbody tr", new Locator.LocatorOptions().setHasText("Shares halve"));
        assertThat(own).isVisible();
        JsonNode halved = asked("/risk/portfolios/house/stress?scenario=halved&day=" + RiskWorld.LAST).get("scenarios").get(0);
        assertThat(own).containsText(Amounts.signed(new BigDecimal(halved.get("profit").asString())));
        assertThat(panel("Who gains or loses").locator("tbody tr").first()).isVisible();
        fill("Loss", "100000");
        JsonNode reverse = asked("/risk/portfolios/house/reverse-stress?loss=100000&day=" + RiskWorld.LAST);
        assertThat(panel("The likeliest way to lose so much")).containsText("%.2f standard deviations".formatted(reverse.get("distance").asDouble()));
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void aLimitTakesTwoPeopleAndItsBreachIsAcknowledged() {
        go("/limits");
        assertThat(page.getByText("No limit yet.")).isVisible();
        fill("Code", "house-gross");
        choose("Measure", "Gross exposure");
        page.locator(".limit-form vaadin-combo-box input").fill("house");
        page.keyboard().press("Enter");
        fill("Soft level", "1000");
        fill("Hard level", "900");
        button("Keep the limit").click();
        assertThat(page.getByText("Not below the soft level.").first()).isVisible();
        fill("Hard level", "900000000");
        button("Keep the limit").click();
        // It takes two people.
        assertThat(page.locator(".limit-form .refusal")).containsText("WAITS_FOR_APPROVAL");
        String request = page.getByText("See the request").first().getAttribute("href").replaceFirst(".*id=", "");
        String checker = SignIn.person(member, "checker", "RISK");
        SignIn.post(member, "/approvals/" + request + "/approve", checker, "{\"reason\":\"agreed\"}");
        go("/limits");
        Locator limit = page.locator(".limits tbody tr", new Page.LocatorOptions().setHasText("house-gross")).first();
        assertThat(limit).containsText("Above soft");
        assertThat(limit).containsText(figure(asked("/risk/limits/house-gross").get("value")));
        page.getByText("Acknowledge", new Page.GetByTextOptions().setExact(true)).click();
        Locator dialog = page.locator("vaadin-dialog");
        dialog.getByLabel("What is done about it").fill("being hedged");
        dialog.getByLabel("What is done about it").blur();
        dialog.getByText("Acknowledge", new Locator.GetByTextOptions().setExact(true)).last().click();
        assertThat(panel("Breaches")).containsText("being hedged");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(riskSessions()).isEqualTo("1.0"));
        String other = member.askFor("/risk/limits/house-net", "{\"scope\":\"PORTFOLIO\",\"target\":\"house\",\"measure\":\"NET_EXPOSURE\",\"soft\":\"1\",\"hard\":\"2\",\"holds\":false,\"actor\":\"ops\"}");
        go("/approvals?id=" + other);
        Locator dialog2 = page.locator("vaadin-dialog");
        assertThat(dialog2).containsText("house-net");
        dialog2.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
        fill("Reason", "seen");
        button("Approve").click();
        assertThat(page.locator(".approvals")).containsText("Nothing waits for somebody to agree.");
        page.getByText("All", new Page.GetByTextOptions().setExact(true)).last().click();
        assertThat(page.locator(".approvals tbody tr").first()).containsText("Executed");
        go("/limits");
        assertThat(panel("Limits")).containsText("house-net");
        limit.getByText("Remove").click();
        page.locator("vaadin-button[slot='confirm-button']").click();
        page.locator("vaadin-notification-card").getByText("See the request").first().click();
        assertThat(page).hasURL(Pattern.compile(".*approvals\\?id=.*"));
        SignIn.post(member, "/approvals/" + page.url().replaceFirst(".*id=", "") + "/reject", checker, "{\"reason\":\"it is needed\"}");
        assertThat(window.troubles()).isEmpty();
    }

    @Test
    void anUnknownInstrumentSaysSoAndNothingIsWiderThanAPhone() {
        go("/markets/NONE");
        assertThat(page.getByText("No instrument NONE")).isVisible();
        window.close();
        window = chromium.window(390, 844, ColorScheme.DARK);
        page = window.page();
        for (String path : List.of("/markets", "/markets/ACME", "/strategies", "/kill-switches", "/market-halts", "/watchlist", "/charts/ACME", "/alerts", "/data-quality", "/jobs", "/alert-rules",
                "/portfolios", "/pnl?to=" + RiskWorld.LAST, "/risk?day=" + RiskWorld.LAST, "/greeks?day=" + RiskWorld.LAST, "/risk-history",
                "/what-if?trades=AAPL:100&day=" + RiskWorld.LAST, "/stress?scenario=gfc-2008&day=" + RiskWorld.LAST, "/limits", "/margin")) {
            go(path);
            assertThat(page.locator(".panel").first()).isVisible();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).as(path).isLessThanOrEqualTo(0);
        }
    }
}
