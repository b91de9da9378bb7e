package io.partita.member.trading.orders;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.time.EpochNanos;
import io.partita.tracing.Tracing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.accounts.OrderGateway;
import io.partita.trading.accounts.ReserveOrders;
import io.partita.trading.risk.AccountRisk;
import io.partita.trading.risk.Bounded;
import io.partita.trading.risk.OrderRequest;
import io.partita.trading.risk.RiskAnswer;
import io.partita.trading.risk.RiskRefusal;
import io.partita.trading.settlement.TradingAccount;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;

/** Where orders of accounts arrive: reserve, send to the book, and wait until the account knows what came of it. Thread-safe. */
final class AccountDesk implements OrderGateway {

    private static final long PAUSE_NANOS = 5_000_000;
    /** For so long a call waits for its account to be made; longer than that its client waits, which repeats it. */
    private static final long LOAD_NANOS = 1_000_000_000;
    private static final long REFRESH_NANOS = 200_000_000;
    private static final long BELIEVED_NANOS = 1_000_000_000;
    private static final int MOST_REMEMBERED = 100_000;
    private static final String FORGOTTEN = "It was used more than " + AccountRisk.MEMORY + " requests ago, or past the account's risk: for this or for another "
            + "order, the account's orders tell.";

    private final TradingService trading;
    private final TradingAccounts register;
    private final KnownAccounts known;
    private final Accounts accounts;
    private final AccountLoader loader;
    private final TradingClient books;
    private final Unanswered unanswered;
    private final BookReports reports;
    private final References references;
    private final InstantSource clock;
    private final Tracing tracing;
    /** Calls that may wait at a time, fewer in all than the executor has threads: so there is always one left that refuses the next at once. */
    private final Map<Acknowledgement, Semaphore> places = Map.of(Acknowledgement.DURABLE, new Semaphore(64), Acknowledgement.REPLICATED, new Semaphore(48));
    /** When an account's cash and holdings were last looked up because they were not enough. */
    private final Map<Long, Long> refreshed = new ConcurrentHashMap<>();
    /** Accounts that are no trading accounts, and when that was seen. */
    private final Map<Long, Long> others = new ConcurrentHashMap<>();

    /** @param books asks once: whoever calls repeats what is refused for a passing reason, and does not hold one of the member's threads meanwhile */
    AccountDesk(TradingService trading, TradingAccounts register, KnownAccounts known, Accounts accounts, AccountLoader loader, TradingClient books,
                Unanswered unanswered, BookReports reports, InstantSource clock, Tracing tracing) {
        this.trading = trading;
        this.register = register;
        this.known = known;
        this.accounts = accounts;
        this.loader = loader;
        this.books = books;
        this.unanswered = unanswered;
        this.reports = reports;
        this.references = new References(trading);
        this.clock = clock;
        this.tracing = tracing;
    }

    @Override
    public void announce(long account) {
        known.add(account);
    }

    @Override
    public boolean reported(long instrument, long sequence) {
        return reports.toldHere(instrument, sequence);
    }

    @Override
    public List<TradingResult> submit(long account, long instrument, List<OrderRequest> requests, Acknowledgement level) {
        Optional<Listing> listing = trading.listing(instrument);
        if (listing.isEmpty()) {
            return refused(requests, TradingRefusal.UNKNOWN_INSTRUMENT);
        }
        if (requests.stream().anyMatch(request -> request.command().id() == 0 || request.command().account() != account)) {
            return refused(requests, TradingRefusal.INVALID_REQUEST);
        }
        Semaphore place = places.get(level);
        if (!place.tryAcquire()) {
            return refused(requests, TradingRefusal.OVERLOADED);
        }
        try {
            return submit(account, listing.get(), requests, level);
        } catch (JdbiException away) {
            // Who an account is, and what it has, is asked before anything is reserved.
            return refused(requests, TradingRefusal.STORE_UNAVAILABLE);
        } finally {
            place.release();
        }
    }

    private List<TradingResult> submit(long account, Listing listing, List<OrderRequest> requests, Acknowledgement level) {
        Optional<TradingAccount> owner = owner(account);
        List<OrderRequest> crosses = requests.stream().filter(request -> request.command().type() == CommandType.CROSS).toList();
        if (!crosses.isEmpty() && (owner.isPresent() || crosses.stream().anyMatch(cross -> owner(cross.command().contraAccount()).isPresent()))) {
            return requests.size() > 1 ? refused(requests, TradingRefusal.INVALID_REQUEST) : List.of(cross(owner, listing, requests.getFirst(), level));
        }
        if (owner.isEmpty()) {
            return books.submitAsync(listing.instrument(), requests.stream().map(OrderRequest::command).toList(), level).join();
        }
        try {
            return new Passage(owner.get(), listing, requests, level).go();
        } catch (CompletionException lost) {
            // Something may be reserved of which nobody will hear.
            requests.stream().map(OrderRequest::command).filter(AccountDesk::reserving)
                    .forEach(command -> unanswered.add(account, command.id(), listing.instrument()));
            return refused(requests, TradingRefusal.OUTCOME_UNKNOWN);
        }
    }

    private static boolean reserving(Command command) {
        return command.type() == CommandType.NEW_ORDER || command.type() == CommandType.REPLACE || command.type() == CommandType.QUOTE;
    }

    // ---- crosses ---------------------------------------------------------------------------------------------------------

    /** Reserves on both accounts, each as for an order of its own under the id of the cross, before the book hears of it. */
    private TradingResult cross(Optional<TradingAccount> buyer, Listing listing, OrderRequest request, Acknowledgement level) {
        Command cross = request.command();
        Optional<TradingAccount> seller = owner(cross.contraAccount());
        if (buyer.isEmpty() || seller.isEmpty() || !buyer.get().firm().equals(seller.get().firm()) || buyer.get().equals(seller.get())) {
            return new TradingResult.Denied(cross.id(), RiskRefusal.CROSS_NOT_INTERNAL);
        }
        List<Passage> sides = List.of(new Passage(buyer.get(), listing, List.of(OrderRequest.of(side(cross, Side.BUY))), level),
                new Passage(seller.get(), listing, List.of(new OrderRequest(side(cross, Side.SELL), request.shortSale(), request.located(), false)), level));
        try {
            TradingResult refusal = reserve(cross, sides);
            if (refusal != null) {
                return refusal;
            }
            TradingResult answer = books.submitAsync(listing.instrument(), List.of(cross), level).join().getFirst();
            switch (answer) {
                case TradingResult.Executed executed -> {
                    boolean known = !executed.reports().isEmpty() && reports.told(listing.instrument(), executed.reports().getLast().sequence());
                    sides.forEach(side -> side.over(cross, known));
                }
                case TradingResult.Refused refused when refused.code() == TradingRefusal.OUTCOME_UNKNOWN -> sides.forEach(side -> side.over(cross, false));
                case TradingResult.Refused _ -> sides.forEach(side -> side.withdraw(cross));
                case TradingResult.Denied denied -> throw new IllegalStateException("a book does not deny: " + denied);
            }
            return answer;
        } catch (CompletionException lost) {
            sides.forEach(side -> side.over(cross, false));
            return new TradingResult.Refused(cross.id(), TradingRefusal.OUTCOME_UNKNOWN, "");
        }
    }

    private static Command side(Command cross, Side side) {
        return new Command().newOrder(0, side == Side.BUY ? cross.account() : cross.contraAccount(), side, OrderType.LIMIT, TimeInForce.FILL_OR_KILL,
                cross.price(), cross.quantity()).id(cross.id());
    }

    /** Null if both have it. */
    private TradingResult reserve(Command cross, List<Passage> sides) {
        int reserved = 0;
        try {
            for (Passage side : sides) {
                side.stamp();
                ReserveOrders.Answers answers = side.reserve(side.requests);
                if (answers == null) {
                    return new TradingResult.Refused(cross.id(), TradingRefusal.BOOK_UNAVAILABLE, "");
                }
                if (answers.refusals()[0] != null) {
                    return new TradingResult.Denied(cross.id(), answers.refusals()[0]);
                }
                if (answers.heard()[0]) {
                    cross.again();
                }
                reserved++;
            }
            return null;
        } finally {
            if (reserved < sides.size()) {
                // Whatever the reason, and be it that the database is away: the book will not hear of it.
                sides.subList(0, reserved).forEach(before -> before.withdraw(cross));
            }
        }
    }

    /** That an account is no trading account is believed for a second. */
    private Optional<TradingAccount> owner(long account) {
        Long since = others.get(account);
        if (since != null && System.nanoTime() - since < BELIEVED_NANOS) {
            return Optional.empty();
        }
        Optional<TradingAccount> found = register.find(account);
        if (found.isEmpty()) {
            if (others.size() > MOST_REMEMBERED) {
                others.clear();
            }
            others.put(account, System.nanoTime());
        }
        return found;
    }

    private static List<TradingResult> refused(List<OrderRequest> requests, TradingRefusal code) {
        return requests.stream().<TradingResult>map(request -> new TradingResult.Refused(request.command().id(), code, "")).toList();
    }

    /** Makes an account; whatever it has under way from before is looked after. */
    boolean load(TradingAccount account) {
        long[] underWay = loader.load(account);
        for (int i = 0; underWay != null && i < underWay.length; i += 2) {
            unanswered.add(account.number(), underWay[i], underWay[i + 1]);
        }
        return underWay != null;
    }

    /** One call on its way. */
    private final class Passage {

        private final TradingAccount owner;
        private final Listing listing;
        private final List<OrderRequest> requests;
        private final Acknowledgement level;
        private final TradingResult[] results;
        /** Requests that the account knew already. */
        private final boolean[] known;
        private final long until = System.nanoTime() + LOAD_NANOS;

        Passage(TradingAccount owner, Listing listing, List<OrderRequest> requests, Acknowledgement level) {
            this.owner = owner;
            this.listing = listing;
            this.requests = requests;
            this.level = level;
            results = new TradingResult[requests.size()];
            known = new boolean[requests.size()];
        }

        List<TradingResult> go() {
            stamp();
            List<Integer> reserving = places();
            ReserveOrders.Answers answers = reserving.isEmpty() ? null : reserve(reserving.stream().map(requests::get).toList());
            if (!reserving.isEmpty() && answers == null) {
                return refused(requests, TradingRefusal.BOOK_UNAVAILABLE);
            }
            List<Command> sending = new ArrayList<>();
            List<Integer> sent = new ArrayList<>();
            int asked = 0;
            for (int place = 0; place < results.length; place++) {
                Command command = reserving(place) ? passed(place, answers.get(asked++)) : cancel(place);
                if (command != null) {
                    sending.add(command);
                    sent.add(place);
                }
            }
            if (!sending.isEmpty()) {
                send(sending, sent);
            }
            return List.of(results);
        }

        private void stamp() {
            Instant now = clock.instant();
            for (OrderRequest request : requests) {
                Command command = request.command();
                command.at(EpochNanos.of(now));
                if (command.participant() == 0 && owner.participant() != 0 && command.type() != CommandType.REPLACE && AccountDesk.reserving(command)) {
                    command.by(owner.participant(), command.session());
                }
            }
        }

        /** The command as it goes to the book; null if it does not. */
        private Command passed(int place, RiskAnswer answer) {
            Command command = requests.get(place).command();
            return switch (answer) {
                case RiskAnswer.Refused refusal -> {
                    results[place] = new TradingResult.Denied(command.id(), refusal.code());
                    yield null;
                }
                case RiskAnswer.Reserved reserved -> {
                    known[place] = reserved.repeated();
                    yield bounded(reserved.protection(), command);
                }
                case RiskAnswer.Heard heard -> {
                    known[place] = true;
                    yield again(bounded(heard.protection(), command));
                }
            };
        }

        private static Command bounded(long protection, Command command) {
            return protection > 0 ? Bounded.by(protection, command) : command;
        }

        /** A copy: the command as it was said is compared when it comes once more. */
        private static Command again(Command command) {
            ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES);
            command.encode(bytes);
            return new Command().decode(bytes.flip()).again();
        }

        /** Cancels always pass; null for anything else. */
        private Command cancel(int place) {
            Command command = requests.get(place).command();
            if (command.type() == CommandType.CANCEL || command.type() == CommandType.MASS_CANCEL) {
                return command;
            }
            results[place] = new TradingResult.Denied(command.id(), RiskRefusal.COMMAND_NOT_SUPPORTED);
            return null;
        }

        private List<Integer> places() {
            List<Integer> places = new ArrayList<>();
            for (int place = 0; place < results.length; place++) {
                if (reserving(place)) {
                    places.add(place);
                }
            }
            return places;
        }

        private boolean reserving(int place) {
            return AccountDesk.reserving(requests.get(place).command());
        }

        private ReserveOrders.Answers reserve(List<OrderRequest> asked) {
            try (Tracing.Span _ = tracing.open("orders reserve").tag("partita.account", owner.number()).tag("partita.orders", asked.size())) {
                return reserved(asked);
            }
        }

        /** Null if the account is not served soon, or the book is where nobody can ask it for a price. */
        private ReserveOrders.Answers reserved(List<OrderRequest> asked) {
            // What has no limit is bounded by this price.
            long reference = references.of(listing.instrument(), asked.stream().anyMatch(request ->
                    request.command().type() == CommandType.NEW_ORDER && request.command().price() == 0));
            if (reference == References.UNKNOWN) {
                return null;
            }
            ReserveOrders.Answers answers = accounts.ask(owner.number(), new ReserveOrders(asked, listing.traded(), reference));
            for (boolean tried = false; answers == null && !(tried && System.nanoTime() >= until); tried = true) {
                if (!load(owner)) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                answers = accounts.ask(owner.number(), new ReserveOrders(asked, listing.traded(), reference));
            }
            if (answers != null && lacking(answers) && refresh()) {
                answers = accounts.ask(owner.number(), new ReserveOrders(asked, listing.traded(), reference));
            }
            return answers;
        }

        private boolean lacking(ReserveOrders.Answers answers) {
            for (RiskRefusal refusal : answers.refusals()) {
                if (refusal == RiskRefusal.INSUFFICIENT_BUYING_POWER || refusal == RiskRefusal.INSUFFICIENT_HOLDINGS || refusal == RiskRefusal.CREDIT_LIMIT) {
                    return true;
                }
            }
            return false;
        }

        /** Money may have come in the meantime. */
        private boolean refresh() {
            long now = System.nanoTime();
            Long last = refreshed.get(owner.number());
            if (last != null && now - last < REFRESH_NANOS) {
                return false;
            }
            if (refreshed.size() > MOST_REMEMBERED) {
                refreshed.clear();
            }
            refreshed.put(owner.number(), now);
            try {
                AccountLoader.Funds funds = loader.funds(owner.number());
                return Boolean.TRUE.equals(accounts.ask(owner.number(), new ChangeAccount.Fund(funds.cash(), funds.units())));
            } catch (JdbiException away) {
                // Then what is known counts.
                return false;
            }
        }

        private void send(List<Command> sending, List<Integer> sent) {
            List<TradingResult> answers = books.submitAsync(listing.instrument(), sending, level).join();
            long last = 0;
            for (int i = 0; i < sent.size(); i++) {
                results[sent.get(i)] = forgotten(sent.get(i), answers.get(i));
                if (answers.get(i) instanceof TradingResult.Executed executed && !executed.reports().isEmpty()) {
                    last = Math.max(last, executed.reports().getLast().sequence());
                }
            }
            boolean told = last > 0 && reports.told(listing.instrument(), last);
            for (int i = 0; i < sent.size(); i++) {
                if (reserving(sent.get(i))) {
                    settle(answers.get(i), told, sending.get(i).type() == CommandType.QUOTE);
                }
            }
        }

        /** A repeat that the account no longer knows may be a repeat for the book, or, with another bound on its price, something else under the same id. */
        private TradingResult forgotten(int place, TradingResult answer) {
            return reserving(place) && !known[place] && answer instanceof TradingResult.Refused refused && refused.code() == TradingRefusal.ID_REUSED
                    ? new TradingResult.Refused(refused.commandId(), TradingRefusal.ID_REUSED, FORGOTTEN) : answer;
        }

        /** What is reserved is claimed by the book's reports. What the book will not report about any more is given back. */
        private void settle(TradingResult answer, boolean told, boolean quote) {
            switch (answer) {
                // What it reserved was for its sides as new orders; one that stood already needs none of that.
                case TradingResult.Executed executed when quote && !executed.repeated() && (told || executed.reports().isEmpty()) -> giveBack(executed);
                case TradingResult.Executed executed when quote && !executed.repeated() ->
                        unanswered.add(owner.number(), executed.commandId(), listing.instrument());
                case TradingResult.Executed executed when !executed.repeated() -> { }
                case TradingResult.Executed repeated when told && !repeated.reports().isEmpty() -> giveBack(repeated);
                case TradingResult.Executed repeated -> unanswered.add(owner.number(), repeated.commandId(), listing.instrument());
                case TradingResult.Refused refused when refused.code() == TradingRefusal.OUTCOME_UNKNOWN ->
                        unanswered.add(owner.number(), refused.commandId(), listing.instrument());
                case TradingResult.Refused refused -> withdraw(refused.commandId(), owner.number());
                case TradingResult.Denied denied -> throw new IllegalStateException("a book does not deny: " + denied);
            }
        }

        private void giveBack(TradingResult answer) {
            giveBack(answer.commandId());
        }

        private void giveBack(long command) {
            accounts.ask(owner.number(), new ChangeAccount.Answer(command));
        }

        /** The book has not had it: a repeat reserves anew. */
        private void withdraw(long command, long asker) {
            if (!Boolean.TRUE.equals(accounts.ask(owner.number(), new ChangeAccount.Withdraw(command)))) {
                unanswered.add(owner.number(), asker, command, listing.instrument());
            }
        }

        void withdraw(Command cross) {
            withdraw(cross.id(), cross.account());
        }

        /** @param known whether the account has heard all that there will be about the cross */
        void over(Command cross, boolean known) {
            if (known) {
                giveBack(cross.id());
            } else {
                unanswered.add(owner.number(), cross.account(), cross.id(), listing.instrument());
            }
        }
    }
}
