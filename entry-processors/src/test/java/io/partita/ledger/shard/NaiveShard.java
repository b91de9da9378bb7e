package io.partita.ledger.shard;

import static java.math.BigInteger.ZERO;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Balance;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.TransferKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A ledger shard as simply as it can be said: sums of any size, entries applied one by one, nothing kept that can be worked
 * out again. A reservation is the list of legs that it is for. The oracle for {@link Shard}.
 */
final class NaiveShard {

    private static final BigInteger LARGEST_SUM = BigInteger.TWO.pow(62);

    private final TreeMap<Long, Sums> accounts = new TreeMap<>();
    private final TreeMap<UUID, PendingTransfer> pendings = new TreeMap<>();
    /** What was delivered and not applied, by sequence. */
    private final TreeMap<Long, Entry> inbox = new TreeMap<>();
    /** Tokens of committed batches by their last sequence. */
    private final TreeMap<Long, Set<Long>> committed = new TreeMap<>();
    private final TreeMap<Long, Reservation> reservations = new TreeMap<>();
    private long applied;

    private static final class Sums {
        private final Account details;
        private AccountStatus status;
        private Limits limits;
        private BigInteger debitsPosted = ZERO;
        private BigInteger creditsPosted = ZERO;
        private BigInteger debitsPending = ZERO;
        private BigInteger creditsPending = ZERO;

        Sums(Account details) {
            this.details = details;
            this.status = details.status();
            this.limits = details.limits();
        }

        BigInteger debits() {
            return debitsPosted.add(debitsPending);
        }

        BigInteger credits() {
            return creditsPosted.add(creditsPending);
        }

        boolean empty() {
            return debitsPosted.equals(creditsPosted) && debitsPending.signum() == 0 && creditsPending.signum() == 0;
        }
    }

    /** What a batch in flight may still do. */
    private static final class Reservation {
        private final List<List<Entry.Leg>> groups = new ArrayList<>();
        private final List<AccountCommand> commands = new ArrayList<>();
        private final Set<Long> waiting = new HashSet<>();

        boolean changes(long account) {
            return waiting.contains(account) || willChange(account);
        }

        boolean willChange(long account) {
            return commands.stream().anyMatch(command -> command.account() == account && !(command instanceof AccountCommand.Open));
        }

        boolean opens(long account) {
            return commands.stream().anyMatch(command -> command.account() == account && command instanceof AccountCommand.Open);
        }

        boolean ends(UUID pending) {
            return groups.stream().flatMap(List::stream).anyMatch(leg -> leg.debit() && leg.resolves() && leg.pending().equals(pending));
        }
    }

    // ---- authorization ------------------------------------------------------------------------------------------

    /** One code for each leg, null for accepted. */
    List<Refusal> authorize(long token, List<Entry.Leg> legs, long now) {
        Reservation reservation = reservations.computeIfAbsent(token, key -> new Reservation());
        List<Refusal> codes = new ArrayList<>();
        for (List<Entry.Leg> group : groups(legs)) {
            Refusal refusal = null;
            int place = 0;
            while (place < group.size() && refusal == null) {
                refusal = check(group, place++, now);
            }
            for (int leg = 0; leg < group.size(); leg++) {
                codes.add(refusal == null ? null : leg == place - 1 ? refusal : Refusal.LINKED_FAILED);
            }
            if (refusal == null) {
                reservation.groups.add(group);
            }
        }
        return codes;
    }

    private static List<List<Entry.Leg>> groups(List<Entry.Leg> legs) {
        List<List<Entry.Leg>> groups = new ArrayList<>();
        for (Entry.Leg leg : legs) {
            if (groups.isEmpty() || groups.getLast().getFirst().group() != leg.group()) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(leg);
        }
        return groups;
    }

    /** Why the leg at this place of its group is refused, given that the legs before it are not; or null. */
    private Refusal check(List<Entry.Leg> group, int place, long now) {
        Entry.Leg leg = group.get(place);
        Sums sums = accounts.get(leg.account());
        if (sums == null) {
            return Refusal.ACCOUNT_NOT_FOUND;
        }
        if (sums.details.currency() != leg.currency()) {
            return Refusal.CURRENCY_MISMATCH;
        }
        if (sums.status == AccountStatus.CLOSED) {
            return Refusal.ACCOUNT_CLOSED;
        }
        boolean givesBack = leg.kind() == TransferKind.VOID_PENDING || leg.kind() == TransferKind.EXPIRE_PENDING;
        if (sums.status == AccountStatus.FROZEN && !givesBack) {
            return Refusal.ACCOUNT_FROZEN;
        }
        if (reservations.values().stream().anyMatch(other -> other.changes(leg.account()))) {
            return Refusal.ACCOUNT_BUSY;
        }
        List<Entry.Leg> before = group.subList(0, place);
        if (leg.resolves()) {
            return leg.debit() ? checkPending(leg, before, now) : null;
        }
        BigInteger side = leg.debit() ? sums.debits() : sums.credits();
        BigInteger onTheWay = moved(leg.account(), before);
        for (Reservation other : reservations.values()) {
            for (List<Entry.Leg> reserved : other.groups) {
                onTheWay = onTheWay.add(moved(leg.account(), reserved));
            }
        }
        if (side.add(onTheWay).add(big(leg.amount())).compareTo(LARGEST_SUM) > 0) {
            return Refusal.BALANCE_OVERFLOW;
        }
        return checkLimit(sums, leg, group.subList(0, place + 1));
    }

    private Refusal checkLimit(Sums sums, Entry.Leg leg, List<Entry.Leg> untilNow) {
        if (leg.debit()) {
            BigInteger net = worst(leg.account(), true).add(run(leg.account(), true, untilNow));
            return sums.limits.limitsDebits() && net.compareTo(big(sums.limits.maxNetDebit())) > 0
                    ? Refusal.INSUFFICIENT_FUNDS : null;
        }
        BigInteger net = worst(leg.account(), false).add(run(leg.account(), false, untilNow));
        return sums.limits.limitsCredits() && net.compareTo(big(sums.limits.maxNetCredit())) > 0
                ? Refusal.CREDIT_LIMIT_EXCEEDED : null;
    }

    private Refusal checkPending(Entry.Leg leg, List<Entry.Leg> before, long now) {
        PendingTransfer pending = pendings.get(leg.pending());
        if (pending == null) {
            return Refusal.PENDING_NOT_FOUND;
        }
        for (Entry.Leg earlier : before) {
            if (earlier.debit() && earlier.resolves() && earlier.pending().equals(leg.pending())) {
                return switch (earlier.kind()) {
                    case POST_PENDING -> Refusal.PENDING_ALREADY_POSTED;
                    case VOID_PENDING -> Refusal.PENDING_ALREADY_VOIDED;
                    default -> Refusal.PENDING_EXPIRED;
                };
            }
        }
        if (reservations.values().stream().anyMatch(other -> other.ends(leg.pending()))) {
            return Refusal.ACCOUNT_BUSY;
        }
        boolean expired = pending.expiresAt() != Long.MIN_VALUE && pending.expiresAt() <= now;
        if (leg.kind() == TransferKind.EXPIRE_PENDING) {
            return expired ? null : Refusal.INVALID_REQUEST;
        }
        if (expired) {
            return Refusal.PENDING_EXPIRED;
        }
        return leg.amount() > pending.amount() ? Refusal.EXCEEDS_PENDING_AMOUNT : null;
    }

    /** The amounts of an account's legs, whatever their side, that do not come out of a pending transfer. */
    private static BigInteger moved(long account, List<Entry.Leg> legs) {
        return legs.stream().filter(leg -> leg.account() == account && !leg.resolves())
                .map(leg -> big(leg.amount())).reduce(ZERO, BigInteger::add);
    }

    /** How far the legs drive the net balance towards a side; legs against it count only if they move money at once. */
    private static BigInteger run(long account, boolean debit, List<Entry.Leg> legs) {
        BigInteger run = ZERO;
        for (Entry.Leg leg : legs) {
            if (leg.account() == account && !leg.resolves()) {
                if (leg.debit() == debit) {
                    run = run.add(big(leg.amount()));
                } else if (leg.kind() != TransferKind.PENDING) {
                    run = run.subtract(big(leg.amount()));
                }
            }
        }
        return run;
    }

    /** The net balance towards a side if each reserved group goes as far that way as it can. */
    private BigInteger worst(long account, boolean debit) {
        Sums sums = accounts.get(account);
        BigInteger worst = debit ? sums.debits().subtract(sums.creditsPosted) : sums.credits().subtract(sums.debitsPosted);
        for (Reservation reservation : reservations.values()) {
            for (List<Entry.Leg> group : reservation.groups) {
                BigInteger peak = ZERO;
                for (int legs = 1; legs <= group.size(); legs++) {
                    peak = peak.max(run(account, debit, group.subList(0, legs)));
                }
                worst = worst.add(peak);
            }
        }
        return worst;
    }

    /** One code for each command, null for accepted. */
    List<Refusal> authorizeAccounts(long token, List<AccountCommand> commands) {
        Reservation reservation = reservations.computeIfAbsent(token, key -> new Reservation());
        List<Refusal> codes = new ArrayList<>();
        for (AccountCommand command : commands) {
            boolean repeated = reservation.commands.stream().anyMatch(accepted -> accepted.id().equals(command.id()));
            Refusal refusal = repeated ? null : check(reservation, command);
            if (refusal == null && !repeated) {
                reservation.commands.add(command);
                reservation.waiting.remove(command.account());
            }
            codes.add(refusal);
        }
        return codes;
    }

    private Refusal check(Reservation own, AccountCommand command) {
        long account = command.account();
        Sums sums = accounts.get(account);
        if (command instanceof AccountCommand.Open) {
            return sums != null ? Refusal.ACCOUNT_EXISTS
                    : reservations.values().stream().anyMatch(other -> other.opens(account)) ? Refusal.ACCOUNT_BUSY : null;
        }
        if (sums == null) {
            return Refusal.ACCOUNT_NOT_FOUND;
        }
        if (sums.status == AccountStatus.CLOSED) {
            return Refusal.ACCOUNT_CLOSED;
        }
        boolean busy = reservations.values().stream()
                .anyMatch(other -> other == own ? other.willChange(account) : other.changes(account));
        return switch (command) {
            case AccountCommand.ChangeLimits change when worst(account, true).compareTo(big(change.limits().maxNetDebit())) > 0
                    || worst(account, false).compareTo(big(change.limits().maxNetCredit())) > 0 -> Refusal.LIMIT_BELOW_BALANCE;
            case AccountCommand.ChangeStatus change when !busy -> checkStatus(own, change, sums);
            default -> busy ? Refusal.ACCOUNT_BUSY : null;
        };
    }

    private Refusal checkStatus(Reservation own, AccountCommand.ChangeStatus change, Sums sums) {
        boolean inFlight = reservations.values().stream().flatMap(other -> other.groups.stream()).flatMap(List::stream)
                .anyMatch(leg -> leg.account() == change.account());
        if (inFlight) {
            own.waiting.add(change.account());
            return Refusal.ACCOUNT_BUSY;
        }
        own.waiting.remove(change.account());
        return change.status() == AccountStatus.CLOSED && !sums.empty() ? Refusal.ACCOUNT_NOT_EMPTY : null;
    }

    void release(long token) {
        reservations.remove(token);
    }

    void serve() {
        reservations.clear();
    }

    // ---- the journal's fold --------------------------------------------------------------------------------------

    /** Takes a run of the journal; the token is 0 for none. */
    void apply(long first, long token, List<? extends Entry> run) {
        for (int i = 0; i < run.size(); i++) {
            inbox.put(first + i, run.get(i));
        }
        inbox.headMap(applied, true).clear();
        committed.computeIfAbsent(first + run.size() - 1, key -> new TreeSet<>()).add(token);
        while (inbox.containsKey(applied + 1)) {
            applied++;
            apply(inbox.remove(applied));
        }
        Map<Long, Set<Long>> done = committed.headMap(applied, true);
        done.values().forEach(tokens -> tokens.forEach(this::release));
        done.clear();
    }

    private void apply(Entry entry) {
        switch (entry) {
            case Entry.Change(AccountCommand.Open open) -> accounts.put(open.account(), new Sums(open.details()));
            case Entry.Change(AccountCommand.ChangeLimits change) -> accounts.get(change.account()).limits = change.limits();
            case Entry.Change(AccountCommand.ChangeStatus change) -> accounts.get(change.account()).status = change.status();
            case Entry.Leg leg -> {
                Sums sums = accounts.get(leg.account());
                BigInteger posted = big(leg.kind() == TransferKind.PENDING ? 0 : leg.amount());
                BigInteger pending = big(leg.kind() == TransferKind.PENDING ? leg.amount() : -leg.released());
                if (leg.debit()) {
                    sums.debitsPosted = sums.debitsPosted.add(posted);
                    sums.debitsPending = sums.debitsPending.add(pending);
                    if (leg.kind() == TransferKind.PENDING) {
                        pendings.put(leg.pending(), new PendingTransfer(leg.amount(), leg.expiresAt()));
                    } else if (leg.resolves()) {
                        pendings.remove(leg.pending());
                    }
                } else {
                    sums.creditsPosted = sums.creditsPosted.add(posted);
                    sums.creditsPending = sums.creditsPending.add(pending);
                }
            }
        }
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    long applied() {
        return applied;
    }

    boolean hasGap() {
        return !inbox.isEmpty();
    }

    Set<Long> holders() {
        return Set.copyOf(reservations.keySet());
    }

    Map<UUID, PendingTransfer> pendings() {
        return Map.copyOf(pendings);
    }

    Set<UUID> expired(long now) {
        Set<UUID> expired = new HashSet<>();
        pendings.forEach((id, pending) -> {
            if (pending.expiresAt() != Long.MIN_VALUE && pending.expiresAt() <= now
                    && reservations.values().stream().noneMatch(other -> other.ends(id))) {
                expired.add(id);
            }
        });
        return expired;
    }

    Set<Long> accounts() {
        return Set.copyOf(accounts.keySet());
    }

    /** The balance of an account, or null; throws if a sum fits no {@code long}. */
    Balance balance(long account) {
        Sums sums = accounts.get(account);
        return sums == null ? null : new Balance(account, sums.details.currency(), sums.details.type(), sums.status,
                sums.details.parent(), sums.debitsPosted.longValueExact(), sums.creditsPosted.longValueExact(),
                sums.debitsPending.longValueExact(), sums.creditsPending.longValueExact(),
                sums.limits.maxNetDebit(), sums.limits.maxNetCredit(), applied);
    }

    /** What is wrong with an account's sums, or null: a limit broken, a negative or too large sum. */
    String broken(long account) {
        Sums sums = accounts.get(account);
        BigInteger least = sums.debitsPosted.min(sums.creditsPosted).min(sums.debitsPending).min(sums.creditsPending);
        if (least.signum() < 0) {
            return "a sum is negative: " + balance(account);
        }
        if (sums.debits().max(sums.credits()).compareTo(LARGEST_SUM) > 0) {
            return "a sum is too large: " + balance(account);
        }
        if (sums.limits.limitsDebits() && sums.debits().subtract(sums.creditsPosted).compareTo(big(sums.limits.maxNetDebit())) > 0
                || sums.limits.limitsCredits() && sums.credits().subtract(sums.debitsPosted).compareTo(big(sums.limits.maxNetCredit())) > 0) {
            return "a limit is broken: " + balance(account);
        }
        return sums.status == AccountStatus.CLOSED && !sums.empty() ? "closed, but not empty: " + balance(account) : null;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
