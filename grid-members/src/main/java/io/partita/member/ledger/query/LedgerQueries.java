package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.TransferKind;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What can be asked of the ledger. Each answer is a fold of the journal in one snapshot of the database, except balances
 * "now" in lists of accounts, which come from the grid with the sequence that they reflect. Thread-safe.
 *
 * <p>Every method throws {@link RequestProblem} when the question cannot be answered, above all when it takes too long:
 * nothing here runs, waits or grows without a bound.
 */
public final class LedgerQueries {

    /** Most items on a page. */
    public static final int MAX_PAGE = 200;
    /** A snapshot in which the account's shard is not where it is in the grid is worth another one: to fold the journal costs a hundred times as much. */
    private static final int STATEMENT_ATTEMPTS = 3;

    private final Snapshots snapshots;
    private final Function<List<Long>, List<Reading>> grid;
    private final ChartOfAccounts chart;
    private final GeneralLedger generalLedger;
    private final RecentLegs recent;

    /** @param grid reads balances from the grid, in the order of the accounts */
    public LedgerQueries(Snapshots snapshots, Function<List<Long>, List<Reading>> grid, InstantSource clock) {
        this(snapshots, grid, new RecentLegs(), clock);
    }

    LedgerQueries(Snapshots snapshots, Function<List<Long>, List<Reading>> grid, RecentLegs recent, InstantSource clock) {
        this.snapshots = snapshots;
        this.grid = grid;
        this.recent = recent;
        this.chart = new ChartOfAccounts(snapshots, clock);
        this.generalLedger = new GeneralLedger(snapshots);
    }

    /** What to look for among accounts; nulls do not restrict. {@code text}: part of the name, beginning of the reference, or id. */
    public record AccountFilter(String text, AccountType type, Currency currency,
                                AccountStatus status, Long parent) {
    }

    /** An account and its balance now; the reading is empty when the grid does not have it yet. */
    public record AccountWithBalance(AccountRow row, Reading reading) {
    }

    /** A page of accounts; {@code next} is the id to go on after, or null. */
    public record AccountPage(List<AccountWithBalance> accounts, Long next) {
    }

    /** Accounts by ascending id, after one (0 for the first page). */
    public AccountPage accounts(AccountFilter filter, long after, int limit) {
        requireLimit(limit);
        List<AccountRow> found = snapshots.read(Snapshots.INTERACTIVE, handle -> AccountSearch.page(handle, filter, after, limit + 1));
        boolean more = found.size() > limit;
        List<AccountRow> page = more ? found.subList(0, limit) : found;
        List<Reading> readings = page.isEmpty() ? List.of() : grid.apply(page.stream().map(AccountRow::id).toList());
        List<AccountWithBalance> accounts = IntStream.range(0, page.size())
                .mapToObj(i -> new AccountWithBalance(page.get(i), readings.get(i))).toList();
        return new AccountPage(accounts, more ? page.getLast().id() : null);
    }

    /** An account as the database has it. */
    public Account account(long id) {
        return row(id).account();
    }

    private AccountRow row(long id) {
        return snapshots.look(handle -> AccountSearch.find(handle, id)).orElseThrow(() -> unknown(id));
    }

    /**
     * The balance as the grid has it, and not older than a sequence that the caller has seen; where the grid is behind, as the
     * journal has it.
     */
    public Reading balance(long account, long minSequence) {
        Reading reading = grid.apply(List.of(account)).getFirst();
        if (reading.sequence() < minSequence || reading.balance().isEmpty()) {
            Balance balance = balanceInJournal(account);
            if (balance.sequence() < minSequence) {
                throw RequestProblem.of(Refusal.BEHIND, "The account's shard is at sequence " + balance.sequence() + ".");
            }
            return new Reading(Optional.of(balance), balance.sequence(), false);
        }
        return reading;
    }

    /** The balance after everything that was booked at or before a time. */
    public Balance balanceAt(long account, Instant time) {
        return snapshots.read(Snapshots.INTERACTIVE, handle ->
                BalanceHistory.at(handle, account, BalanceHistory.Bound.at(JournalPoint.at(handle, time)))).orElseThrow(() -> unknown(account));
    }

    /** The balance at a sequence of the account's shard. */
    public Balance balanceAt(long account, long sequence) {
        return snapshots.read(Snapshots.INTERACTIVE, handle -> {
            long reached = handle.createQuery("select sequences[:shard + 1] from ledger_head where one")
                    .bind("shard", LedgerNames.shardOf(account)).mapTo(long.class).one();
            if (sequence > reached || sequence < 0) {
                throw RequestProblem.of(RequestCode.SEQUENCE_NOT_REACHED, "The account's shard is at sequence " + reached + ".");
            }
            return BalanceHistory.at(handle, account, new BalanceHistory.Bound(Long.MAX_VALUE, sequence)).orElseThrow(() -> unknown(account));
        });
    }

    /** The balance after the whole journal: what the grid shows once it has caught up. */
    public Balance balanceInJournal(long account) {
        return snapshots.read(Snapshots.INTERACTIVE, handle ->
                BalanceHistory.at(handle, account, BalanceHistory.Bound.at(JournalPoint.now(handle)))).orElseThrow(() -> unknown(account));
    }

    /** The posted balance by effective date, at the end of a day, of everything that is booked by now. */
    public Balance balanceEffective(long account, LocalDate date) {
        return snapshots.read(Snapshots.INTERACTIVE, handle -> BalanceHistory.atEffectiveDate(handle, account,
                BalanceHistory.Bound.at(JournalPoint.now(handle)), date)).orElseThrow(() -> unknown(account));
    }

    /**
     * A page of an account's statement.
     *
     * @param from   booked at or after; null for the beginning
     * @param to     booked before; null for now
     * @param cursor {@link Statement#next()} or {@link Statement#previous()} of a page of the same question; null for its first
     */
    public Statement statement(long account, Instant from, Instant to, boolean newestFirst, int limit, String cursor) {
        requireLimit(limit);
        requireOrder(from, to);
        Statements.Question question = new Statements.Question(account, from, to, newestFirst, limit, cursor);
        Supplier<Reading> reading = () -> grid.apply(List.of(account)).getFirst();
        if (question.ofNewest()) {
            Optional<Statement> ofNewest = snapshots.look(handle -> Statements.ofNewest(handle, question, recent, reading));
            if (ofNewest.isPresent()) {
                return ofNewest.get();
            }
        }
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == STATEMENT_ATTEMPTS;
            Optional<Statement> statement = snapshots.read(Snapshots.INTERACTIVE, handle -> Statements.read(handle, question, recent, reading, last));
            if (statement.isPresent()) {
                return statement.get();
            }
        }
    }

    /** Which transfers to look for; nulls do not restrict. */
    public record TransferFilter(String reference, Long account, Instant from, Instant to, TransferKind kind, Integer code) {
    }

    /**
     * Transfers, newest first. A page may hold fewer than asked for, or none, and yet have a next one: without a reference or
     * an account, one call looks through two million entries at most.
     */
    public JournalLine.Page transfers(TransferFilter filter, int limit, String cursor) {
        requireLimit(limit);
        requireOrder(filter.from, filter.to);
        return snapshots.read(Snapshots.INTERACTIVE, handle -> JournalSearch.page(handle, new JournalSearch.Question(filter.reference,
                filter.account, filter.from, filter.to, filter.kind, filter.code, limit, cursor)));
    }

    /** A transfer and what refers to it. */
    public record TransferWithRelated(JournalLine transfer, List<JournalLine> related) {
    }

    public TransferWithRelated transfer(UUID id) {
        List<JournalLine> lines = snapshots.look(handle -> JournalSearch.withRelated(handle, id));
        if (lines.isEmpty()) {
            throw noTransfer(id);
        }
        return new TransferWithRelated(lines.getFirst(), lines.subList(1, lines.size()));
    }

    static RequestProblem noTransfer(UUID id) {
        return RequestProblem.of(RequestCode.TRANSFER_NOT_FOUND, "There is no transfer " + id + ".");
    }

    /** The trial balance now, or at a time (null for now). */
    public TrialBalance trialBalance(Instant time) {
        return snapshots.read(Snapshots.LONG, handle ->
                TrialBalances.at(handle, time == null ? JournalPoint.now(handle) : JournalPoint.at(handle, time)));
    }

    /**
     * An account of the chart with everything below it.
     *
     * @param own   its own posted balance, positive on its normal side
     * @param total with everything below it, in major units
     */
    public record ChartNode(Account account, Money own, BigDecimal total, int descendants) {
    }

    /** A page of the chart; {@code next} is the id to go on after, or null. */
    public record ChartPage(long size, Instant bookedAt, List<ChartNode> nodes, Long next) {
    }

    /** The accounts right below one (0 for the top), with roll-ups that are at most a second old. */
    public ChartPage chart(long parent, long after, int limit) {
        requireLimit(limit);
        RollUps rollUps = chart.rollUps();
        List<AccountRow> found = snapshots.read(Snapshots.INTERACTIVE, handle ->
                AccountSearch.page(handle, new AccountFilter(null, null, null, null, parent), after, limit + 1));
        boolean more = found.size() > limit;
        List<AccountRow> page = more ? found.subList(0, limit) : found;
        return new ChartPage(rollUps.point().size(), rollUps.point().bookedAt(),
                page.stream().map(row -> node(row.account(), rollUps)).toList(), more ? page.getLast().id() : null);
    }

    /** One account with everything below it. */
    public ChartPage rollUp(long id) {
        Account account = row(id).account();
        RollUps rollUps = chart.rollUps();
        return new ChartPage(rollUps.point().size(), rollUps.point().bookedAt(), List.of(node(account, rollUps)), null);
    }

    private static ChartNode node(Account account, RollUps rollUps) {
        RollUps.RollUp rollUp = rollUps.of(account.id()).orElseGet(() -> new RollUps.RollUp(account.id(),
                Money.zero(account.currency()), account.currency(), BigInteger.ZERO, 0));
        return new ChartNode(account, rollUp.own(), new BigDecimal(rollUp.total(), account.currency().minorDigits()), rollUp.descendants());
    }

    /** Writes the general ledger as CSV: legs booked from a time (null for the beginning) to before another (null for now). */
    public void export(Instant from, Instant to, Writer out) throws IOException {
        requireOrder(from, to);
        generalLedger.write(from, to, out);
    }

    /** The names of some accounts; those that do not exist are left out. */
    public Map<Long, String> names(Collection<Long> accounts) {
        return snapshots.look(handle -> AccountSearch.names(handle, accounts.stream().distinct().toList()));
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw RequestProblem.of(RequestCode.LIMIT_OUT_OF_RANGE, "limit is 1 to " + MAX_PAGE + ", not " + limit + ".");
        }
    }

    static void requireOrder(Instant from, Instant to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, "from " + from + " is after to " + to + ".");
        }
    }

    static RequestProblem unknown(long account) {
        return RequestProblem.notFound(Refusal.ACCOUNT_NOT_FOUND, "There is no account " + account + " at that point.");
    }
}
