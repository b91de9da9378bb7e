package io.partita.trading.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Command;
import io.partita.trading.Execution;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What short sales need: units that were located, and collateral. */
class ShortSaleTest {

    private static final int MARGIN = 5_000;
    private static final TradedInstrument INSTRUMENT = new TradedInstrument(Instrument.simple(7), "EUR", 2, MARGIN);
    private static final long SECOND = 1_000_000_000;

    private final Map<Long, AccountRisk> accounts = new HashMap<>();
    private final PriceTimeBook book = new PriceTimeBook(INSTRUMENT.rules());
    /** Orders that were called short sales. */
    private final Set<Long> shorts = new HashSet<>();
    private long ids;
    private long numbers;
    private long now = SECOND;

    private AccountRisk account(long number, long cash, long units) {
        AccountRisk risk = new AccountRisk();
        risk.rebase(new AccountBasis(RiskLimits.NONE.withPosition(0, 1_000), Switches.OFF, Map.of("EUR", cash), Map.of(7L, units),
                List.of(new AccountBasis.Traded(INSTRUMENT, 0, 0, 0, 0, List.of()))));
        accounts.put(number, risk);
        return risk;
    }

    private void open() {
        send(new Command().phase(TradingPhase.PRE_OPEN, 0));
        send(new Command().phase(TradingPhase.CONTINUOUS, 0));
    }

    private RiskRefusal enter(long account, Side side, long price, long quantity, boolean located) {
        return enter(account, side, price, quantity, located, side == Side.SELL);
    }

    private RiskRefusal enter(long account, Side side, long price, long quantity, boolean located, boolean isShort) {
        Command command = new Command().limit(0, account, side, price, quantity).id(++ids).at(now);
        RiskAnswer answer = accounts.get(account).reserve(new OrderRequest(command, isShort, located, false), INSTRUMENT, book.lastPrice());
        if (answer instanceof RiskAnswer.Refused refused) {
            return refused.code();
        }
        if (isShort) {
            shorts.add(numbers + 1);
        }
        send(command.numbered(++numbers, 0));
        return null;
    }

    private void send(Command command) {
        List<Execution> reports = new ArrayList<>();
        book.apply(command.at(now), report -> reports.add(Execution.of(report)));
        reports.stream().filter(report -> accounts.containsKey(report.account()))
                .forEach(report -> accounts.get(report.account()).apply(INSTRUMENT, report));
    }

    private static CashView cash(AccountRisk risk) {
        return risk.cash().getFirst();
    }

    private static List<Long> used(AccountRisk risk) {
        return risk.locates().stream().map(LocateView::used).toList();
    }

    @Test
    void a_sale_uses_what_was_located_until_it_is_cancelled_or_covered() {
        AccountRisk seller = account(1, 100_000, 0);
        account(2, 1_000_000, 0);
        open();
        assertThat(enter(1, Side.SELL, 100, 10, false)).isEqualTo(RiskRefusal.LOCATE_REQUIRED);
        seller.located(new Locate(1, 7, 15, 10 * SECOND));
        seller.located(new Locate(1, 7, 15, 10 * SECOND));
        assertThat(enter(1, Side.SELL, 100, 10, false)).isNull();
        assertThat(enter(1, Side.SELL, 101, 10, false)).isEqualTo(RiskRefusal.LOCATE_REQUIRED);
        assertThat(enter(1, Side.SELL, 101, 5, false)).isNull();
        assertThat(used(seller)).containsExactly(15L);
        send(new Command().cancel(2, 1));
        assertThat(used(seller)).containsExactly(10L);
        assertThat(enter(2, Side.BUY, 100, 10, false)).isNull();
        assertThat(used(seller)).as("owed").containsExactly(10L);
        assertThat(enter(2, Side.SELL, 99, 4, true)).isNull();
        assertThat(enter(1, Side.BUY, 99, 4, false)).isNull();
        assertThat(used(seller)).as("covered").containsExactly(6L);
    }

    @Test
    void what_has_expired_lends_nothing_new_and_stays_with_what_is_owed() {
        AccountRisk seller = account(1, 100_000, 0);
        account(2, 1_000_000, 0);
        open();
        seller.located(new Locate(1, 7, 10, 2 * SECOND));
        assertThat(enter(1, Side.SELL, 100, 10, false)).isNull();
        assertThat(enter(2, Side.BUY, 100, 10, false)).isNull();
        now = 2 * SECOND;
        assertThat(enter(1, Side.SELL, 100, 1, false)).isEqualTo(RiskRefusal.LOCATE_REQUIRED);
        seller.located(new Locate(2, 7, 5, 4 * SECOND));
        assertThat(enter(1, Side.SELL, 100, 5, false)).isNull();
        assertThat(used(seller)).containsExactly(10L, 5L);
        send(new Command().massCancel(1, 0, 0));
        assertThat(used(seller)).containsExactly(10L, 0L);
    }

    @Test
    void a_short_sale_sets_its_margin_aside_and_then_its_price_too_until_it_is_covered() {
        AccountRisk seller = account(1, 600, 0);
        account(2, 1_000_000, 0);
        open();
        assertThat(enter(1, Side.SELL, 100, 13, true)).as("13 times 50 cents of margin").isEqualTo(RiskRefusal.INSUFFICIENT_BUYING_POWER);
        assertThat(enter(1, Side.SELL, 100, 10, true)).isNull();
        assertThat(cash(seller)).isEqualTo(new CashView("EUR", 600, 500, 0, 100));
        assertThat(enter(2, Side.BUY, 100, 10, false)).isNull();
        assertThat(cash(seller)).as("the proceeds cannot be spent").isEqualTo(new CashView("EUR", 1_600, 0, 1_500, 100));
        assertThat(enter(1, Side.BUY, 10, 10, false)).isNull();
        assertThat(cash(seller).buyingPower()).as("a low bid frees nothing").isEqualTo(100);
        send(new Command().massCancel(1, 0, 0));
        assertThat(enter(2, Side.SELL, 100, 10, true)).isNull();
        assertThat(enter(1, Side.BUY, 100, 10, false)).as("what is set aside pays for the end of the position").isNull();
        assertThat(cash(seller)).isEqualTo(new CashView("EUR", 600, 0, 0, 600));
    }

    @Test
    void a_higher_price_asks_for_more_and_an_account_made_anew_has_the_same() throws IOException {
        AccountRisk seller = account(1, 2_000, 0);
        account(2, 1_000_000, 100);
        open();
        seller.located(new Locate(1, 7, 50, 10 * SECOND));
        assertThat(enter(1, Side.SELL, 100, 10, false)).isNull();
        assertThat(enter(2, Side.BUY, 100, 10, false)).isNull();
        assertThat(enter(1, Side.SELL, 120, 1, false)).isNull();
        assertThat(enter(2, Side.BUY, 120, 1, false)).isNull();
        assertThat(cash(seller)).isEqualTo(new CashView("EUR", 3_120, 0, 11 * 180, 3_120 - 11 * 180));
        assertThat(enter(1, Side.SELL, 130, 3, false)).isNull();
        AccountRisk anew = new AccountRisk();
        anew.rebase(new AccountBasis(RiskLimits.NONE.withPosition(0, 1_000), Switches.OFF, Map.of("EUR", 2_000L), Map.of(7L, 0L),
                List.of(new AccountBasis.Traded(INSTRUMENT, 1_120, -11, 120, 99, List.of(new AccountBasis.Live(5, Side.SELL, 130, 3, 0)))),
                List.of(new Locate(1, 7, 50, 10 * SECOND)), false));
        assertThat(anew.cash()).isEqualTo(seller.cash());
        assertThat(anew.locates()).isEqualTo(seller.locates());
        assertThat(copied(seller).cash()).isEqualTo(seller.cash());
        assertThat(copied(seller).locates()).isEqualTo(seller.locates());
    }

    private static AccountRisk copied(AccountRisk risk) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        risk.write(new DataOutputStream(bytes));
        return AccountRisk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void through_any_flow_collateral_is_what_is_owed_and_nothing_is_left_when_flat(long seed) throws IOException {
        Random random = new Random(seed);
        for (long number = 1; number <= 3; number++) {
            account(number, 200_000, 0);
        }
        open();
        int taken = 0;
        for (int step = 0; step < 1_500; step++) {
            now += random.nextInt(2) * SECOND / 10;
            long number = 1 + random.nextInt(3);
            AccountRisk risk = accounts.get(number);
            switch (random.nextInt(8)) {
                case 0 -> risk.located(new Locate(++ids, 7, 1 + random.nextInt(40), now + random.nextLong(20 * SECOND) + 1));
                case 1, 2 -> risk.orders().stream().skip(random.nextInt(3)).findFirst().ifPresent(order -> send(new Command().cancel(order.orderId(), number)));
                default -> taken += enter(number, random.nextBoolean() ? Side.BUY : Side.SELL, 90 + random.nextInt(20), 1 + random.nextInt(20),
                        random.nextInt(4) == 0) == null ? 1 : 0;
            }
            accounts.values().forEach(this::check);
            if (step % 300 == 299) {
                accounts.put(number, copied(risk));
            }
        }
        assertThat(taken).isGreaterThan(200);
        for (long number = 1; number <= 3; number++) {
            send(new Command().massCancel(number, 0, 0));
        }
        flatten();
        accounts.values().forEach(risk -> {
            assertThat(risk.positions().getFirst().units()).isZero();
            assertThat(cash(risk)).returns(0L, CashView::reserved).returns(0L, CashView::collateral);
            assertThat(cash(risk).buyingPower()).isEqualTo(cash(risk).cash());
            assertThat(used(risk)).allMatch(used -> used == 0);
        });
        assertThat(accounts.values().stream().mapToLong(risk -> cash(risk).cash()).sum()).isEqualTo(600_000);
    }

    /** Those who owe buy from those who have. */
    private void flatten() {
        for (AccountRisk risk : accounts.values()) {
            long units = risk.positions().getFirst().units();
            long number = accounts.entrySet().stream().filter(entry -> entry.getValue() == risk).findFirst().orElseThrow().getKey();
            if (units > 0) {
                assertThat(enter(number, Side.SELL, 1, units, false, false)).isNull();
            }
        }
        for (long number = 1; number <= 3; number++) {
            long units = accounts.get(number).positions().getFirst().units();
            if (units < 0) {
                assertThat(enter(number, Side.BUY, 1, -units, false)).isNull();
            }
        }
    }

    /** From what is open and held, in decimals. */
    private void check(AccountRisk risk) {
        PositionView position = risk.positions().getFirst();
        BigDecimal reserved = BigDecimal.ZERO;
        BigDecimal buys = BigDecimal.ZERO;
        for (OrderView order : risk.orders()) {
            assertThat(order.cash()).isGreaterThanOrEqualTo(0);
            if (order.side() == Side.BUY) {
                buys = buys.add(BigDecimal.valueOf(order.price()).multiply(BigDecimal.valueOf(order.leaves())));
            } else {
                assertThat(shorts).contains(order.orderId());
                assertThat(order.cash()).isGreaterThanOrEqualTo(margin(order.price()).multiply(BigDecimal.valueOf(order.leaves())).longValueExact());
            }
            reserved = reserved.add(BigDecimal.valueOf(order.cash()));
        }
        assertThat(cash(risk).reserved()).isEqualTo(reserved.longValueExact());
        long owed = Math.max(0, -position.units());
        BigDecimal each = BigDecimal.valueOf(position.mark()).add(margin(position.mark()));
        BigDecimal covered = buys.min(each.multiply(BigDecimal.valueOf(Math.min(owed, position.openBuys()))));
        assertThat(cash(risk).collateral()).isEqualTo(each.multiply(BigDecimal.valueOf(owed)).subtract(covered).longValueExact());
        long worst = Math.max(0, position.openSells() - position.units());
        assertThat(used(risk).stream().mapToLong(Long::longValue).sum()).isBetween(0L, worst);
        assertThat(risk.locates()).allMatch(line -> line.used() >= 0 && line.used() <= line.locate().quantity());
    }

    private static BigDecimal margin(long price) {
        return BigDecimal.valueOf(price).multiply(BigDecimal.valueOf(MARGIN, 4)).setScale(0, RoundingMode.CEILING);
    }
}
