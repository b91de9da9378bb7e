package io.partita.trading.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.Execution;
import io.partita.trading.Fees;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.OrderType;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Some accounts trade in one real book. Orders wait on their way to it, and reports on their way back, at random; every account is
 * compared with its twin after every step, and all together must have what they began with.
 */
class AccountRiskPropertyTest {

    private static final int ACCOUNTS = 4;
    private static final long CASH = 300_000;
    private static final long UNITS = 400;

    private final List<AccountRisk> accounts = new ArrayList<>();
    private final List<NaiveAccount> twins = new ArrayList<>();
    private final List<ArrayDeque<Runnable>> reports = new ArrayList<>();
    /** Bid and offer of each account's last quote. */
    private final long[][] quoted = new long[ACCOUNTS][2];
    private final ArrayDeque<Command> orders = new ArrayDeque<>();
    private TradedInstrument instrument;
    private PriceTimeBook book;
    private BigDecimal fees = BigDecimal.ZERO;
    private long ids;
    private long numbers;
    private int taken;
    private int refused;
    private int held;
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void reservations_are_exactly_what_open_orders_can_still_cost(long seed) throws IOException {
        random = new Random(seed);
        begin(seed);
        for (int step = 0; step < 6_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> request();
                case 2, 3 -> match();
                default -> report(random.nextInt(ACCOUNTS));
            }
            check();
            if (step % 50 == 49) {
                int account = random.nextInt(ACCOUNTS);
                boolean broken = random.nextInt(4) == 0;
                twins.get(account).limited = broken;
                accounts.get(account).switches(new Switches(false, false, broken, new TreeSet<>()));
            }
            if (step % 500 == 499) {
                accounts.replaceAll(AccountRiskPropertyTest::copied);
            }
        }
        assertThat(taken).as("requests taken").isGreaterThan(500);
        assertThat(refused).as("requests refused").isGreaterThan(100);
        assertThat(held).as("of them by a limit of risk that was broken").isGreaterThan(20);
        settle();
        conserved();
        for (int account = 1; account <= ACCOUNTS; account++) {
            apply(new Command().massCancel(account, 0, 0).id(++ids));
        }
        settle();
        conserved();
        for (AccountRisk account : accounts) {
            assertThat(account.orders()).isEmpty();
            assertThat(account.underWay()).isEmpty();
            assertThat(account.cash().getFirst().reserved()).as("flat").isZero();
            assertThat(account.positions().getFirst().openBuys() + account.positions().getFirst().openSells()).as("flat").isZero();
        }
    }

    private void begin(long seed) {
        Fees rates = seed % 2 == 0 ? new Fees(-200, 1_500, 700, 0) : new Fees(90_000, 30_000, 0, 0);
        Instrument rules = Instrument.simple(7).withFees(rates);
        instrument = new TradedInstrument(rules, "EUR", seed % 3 == 0 ? 4 : seed % 3 == 1 ? 2 : 1);
        book = new PriceTimeBook(rules);
        RiskLimits limits = RiskLimits.NONE.withPosition(900, 0);
        for (int account = 0; account < ACCOUNTS; account++) {
            AccountRisk risk = new AccountRisk();
            risk.rebase(new AccountBasis(limits, Switches.OFF, Map.of("EUR", CASH), Map.of(7L, UNITS),
                    List.of(new AccountBasis.Traded(instrument, 0, 0, 0, 0, List.of()))));
            accounts.add(risk);
            twins.add(new NaiveAccount(instrument, limits, CASH, UNITS));
            reports.add(new ArrayDeque<>());
        }
        apply(new Command().phase(TradingPhase.PRE_OPEN, 0).id(++ids));
        apply(new Command().phase(TradingPhase.CONTINUOUS, 0).id(++ids));
    }

    private void request() {
        int account = random.nextInt(ACCOUNTS);
        long price = 950 + random.nextInt(100);
        long quantity = random.nextInt(12) == 0 ? 400 : 1 + random.nextInt(60);
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        Command command;
        List<OrderView> open = accounts.get(account).orders();
        if (random.nextInt(5) == 0) {
            long[] before = random.nextInt(8) == 0 ? new long[2] : quoted[account];
            command = new Command().quote(before[0], before[1], account + 1, price, random.nextInt(6) == 0 ? 0 : quantity,
                    price + 1 + random.nextInt(20), random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(60));
        } else if (!open.isEmpty() && random.nextInt(3) == 0) {
            long order = open.get(random.nextInt(open.size())).orderId();
            command = random.nextBoolean() ? new Command().replace(order, account + 1, random.nextInt(3) == 0 ? 0 : price,
                    random.nextInt(3) == 0 ? 0 : quantity) : new Command().cancel(order, account + 1);
        } else {
            TimeInForce time = random.nextInt(4) == 0 ? TimeInForce.IMMEDIATE_OR_CANCEL : random.nextInt(9) == 0 ? TimeInForce.FILL_OR_KILL : TimeInForce.DAY;
            command = new Command().newOrder(0, account + 1, side, OrderType.LIMIT, time, price, quantity);
        }
        command.id(++ids);
        if (command.type() == CommandType.CANCEL) {
            orders.add(command);
            return;
        }
        RiskRefusal expected = twins.get(account).reserve(command);
        RiskAnswer answer = accounts.get(account).reserve(OrderRequest.of(command), instrument, 0);
        if (expected == null) {
            assertThat(answer).isEqualTo(new RiskAnswer.Reserved(command.id(), 0, false));
            assertThat(accounts.get(account).reserve(OrderRequest.of(command), instrument, 0)).isEqualTo(new RiskAnswer.Reserved(command.id(), 0, true));
            orders.add(command);
            taken++;
        } else {
            assertThat(answer).isEqualTo(new RiskAnswer.Refused(command.id(), expected));
            refused++;
            held += expected == RiskRefusal.RISK_LIMIT ? 1 : 0;
        }
    }

    private void match() {
        Command command = orders.poll();
        if (command == null) {
            return;
        }
        if (command.type() == CommandType.NEW_ORDER) {
            command.numbered(++numbers, 0);
        }
        if (command.type() == CommandType.QUOTE && command.orderId() == 0) {
            command.numbered(++numbers, ++numbers);
        }
        apply(command);
        if (command.type() == CommandType.QUOTE) {
            int account = (int) command.account() - 1;
            quoted[account] = new long[] {command.orderId(), command.contraOrderId()};
            reports.get(account).add(() -> {
                twins.get(account).answered(command.id());
                accounts.get(account).answered(command.id());
            });
        }
    }

    private void apply(Command command) {
        book.apply(command, report -> {
            fees = fees.add(new BigDecimal(report.fee() == 0 ? 0 : instrument.minor(report.fee(), true)));
            if (report.account() > 0) {
                Execution copy = Execution.of(report);
                int account = (int) report.account() - 1;
                reports.get(account).add(() -> {
                    twins.get(account).apply(copy);
                    accounts.get(account).apply(instrument, copy);
                    accounts.get(account).apply(instrument, copy);
                });
            }
        });
    }

    private void report(int account) {
        Runnable report = reports.get(account).poll();
        if (report != null) {
            report.run();
        }
    }

    /** Lets everything arrive. */
    private void settle() {
        while (!orders.isEmpty()) {
            match();
        }
        for (int account = 0; account < ACCOUNTS; account++) {
            while (!reports.get(account).isEmpty()) {
                report(account);
            }
        }
        check();
    }

    private void check() {
        for (int account = 0; account < ACCOUNTS; account++) {
            CashView cash = accounts.get(account).cash().getFirst();
            PositionView position = accounts.get(account).positions().getFirst();
            NaiveAccount twin = twins.get(account);
            assertThat(BigDecimal.valueOf(cash.cash())).isEqualByComparingTo(twin.cash);
            assertThat(BigDecimal.valueOf(cash.reserved())).isEqualByComparingTo(twin.reserved());
            assertThat(BigDecimal.valueOf(position.units())).isEqualByComparingTo(twin.units);
            assertThat(BigDecimal.valueOf(position.openBuys())).isEqualByComparingTo(twin.open(Side.BUY));
            assertThat(BigDecimal.valueOf(position.openSells())).isEqualByComparingTo(twin.open(Side.SELL));
            assertThat(cash.buyingPower()).as("buying power").isNotNegative();
            assertThat(position.units()).as("units that are not in sell orders").isGreaterThanOrEqualTo(position.openSells());
            assertThat(position.units() + position.openBuys()).as("position").isLessThanOrEqualTo(900);
        }
    }

    /** When nothing is under way: what all have is what all had, and what is reserved is what the book could still take. */
    private void conserved() {
        long cash = accounts.stream().mapToLong(account -> account.cash().getFirst().cash()).sum();
        long units = accounts.stream().mapToLong(account -> account.positions().getFirst().units()).sum();
        assertThat(BigDecimal.valueOf(cash).add(fees)).isEqualByComparingTo(BigDecimal.valueOf(ACCOUNTS * CASH));
        assertThat(units).isEqualTo(ACCOUNTS * UNITS);
        long[] inBook = new long[ACCOUNTS];
        book.orders((id, account, side, price, leaves, shown, filled, stopPrice, rank) ->
                inBook[(int) account - 1] += side == Side.BUY ? instrument.unitCost(price) * leaves : 0);
        for (int account = 0; account < ACCOUNTS; account++) {
            assertThat(accounts.get(account).cash().getFirst().reserved()).isEqualTo(inBook[account]);
        }
    }

    private static AccountRisk copied(AccountRisk account) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            account.write(new DataOutputStream(bytes));
            return AccountRisk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
