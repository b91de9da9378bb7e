package io.partita.console.find;

import static io.partita.security.Permission.GRID_READ;
import static io.partita.security.Permission.LEDGER_READ;
import static io.partita.security.Permission.MARKETDATA_READ;
import static io.partita.security.Permission.POSITIONS_READ;
import static io.partita.security.Permission.RISK_READ;
import static io.partita.security.Permission.SECURITY_WRITE;
import static io.partita.security.Permission.SURVEILLANCE_READ;
import static io.partita.security.Permission.TRADING_READ;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import io.partita.console.api.MemberUnavailable;
import io.partita.console.api.Problem;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Times;
import io.partita.money.Currency;
import io.partita.money.Money;
import io.partita.security.Permission;
import io.partita.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What can be found, and how members are asked for it. Each kind has the permission that members ask for anyway. Thread-safe. */
@Component
class Kinds {

    /** Whoever is bound to accounts has few; of more, the first are looked at. */
    private static final int OWN = 20;
    private static final int ALERTS = 200;
    private static final int SERVER_TROUBLE = 500;
    private static final int TOO_MANY = 429;
    private static final Pattern ALERT = Pattern.compile("[A-Za-z0-9._:-]{4,80}");

    private final MemberApi api;

    Kinds(MemberApi api) {
        this.api = api;
    }

    List<Kind> all() {
        return List.of(kind("Accounts", false, this::accounts, LEDGER_READ), kind("Transfers", false, this::transfers, LEDGER_READ),
                kind("Orders", false, this::orders, TRADING_READ, MARKETDATA_READ), kind("Trades", false, this::trades, TRADING_READ, MARKETDATA_READ),
                kind("Instruments", false, this::instruments, MARKETDATA_READ, TRADING_READ), kind("Portfolios", true, this::portfolios, POSITIONS_READ, RISK_READ),
                kind("Alerts", false, this::anomalies, MARKETDATA_READ), kind("Surveillance", true, this::suspicions, SURVEILLANCE_READ, MARKETDATA_READ),
                kind("Jobs", false, this::jobs, GRID_READ), kind("Users", false, this::users, SECURITY_WRITE));
    }

    private static Kind kind(String name, boolean everybodys, Kind.Question question, Permission... permissions) {
        return new Kind(name, Set.of(permissions), everybodys, question);
    }

    /** What there is; a refusal means that there is nothing of it for the reader. */
    private static <T> Optional<T> found(Answer<T> answer) {
        return switch (answer) {
            case Answer.Refused<T>(Problem problem) when problem.status() >= SERVER_TROUBLE || problem.status() == TOO_MANY -> throw new MemberUnavailable(problem.meaning());
            case Answer.Refused<T> _ -> Optional.empty();
            case Answer.Done<T>(T value) -> Optional.ofNullable(value);
            case Answer.Unreachable<T>(String why) -> throw new MemberUnavailable(why);
        };
    }

    private <T> List<T> list(String path, Query query, Class<T[]> type) {
        return found(api.get(path, query, type)).map(Arrays::asList).orElse(List.of());
    }

    // ---- ledger ----------------------------------------------------------------------------------------------------------

    private record Account(String id, String name, String type, String currency, String reference) {

        private Hit hit() {
            return new Hit(name, id + " \u00B7 " + words(type) + ", " + currency, "accounts/" + id);
        }
    }

    private List<Hit> accounts(Wanted wanted, Principal reader) {
        record Found(List<Account> accounts) {
        }
        List<Account> some = reader.accounts().isPresent()
                ? reader.accounts().get().stream().sorted().limit(OWN).flatMap(own -> found(api.get("/accounts/" + own, Account.class)).stream()).toList()
                : Stream.concat(wanted.number().stream().boxed().flatMap(number -> found(api.get("/accounts/" + number, Account.class)).stream()),
                        found(api.get("/accounts", Query.NONE.with("search", wanted.text()).with("limit", Search.MOST), Found.class)).map(Found::accounts).orElse(List.of()).stream()).distinct().toList();
        return Match.best(some, wanted.text(), account -> Arrays.asList(account.id(), account.name(), account.reference())).map(Account::hit).toList();
    }

    private record Transfer(String id, String amount, String currency, String reference, Instant bookedAt) {

        private Hit hit() {
            return new Hit(Amounts.withCurrency(Money.parse(amount, Currency.of(currency))), (reference == null || reference.isEmpty() ? "" : reference + " \u00B7 ") + Times.brief(bookedAt, Instant.now())
                    + " \u00B7 " + id, "transfers/" + id);
        }
    }

    /** By their id, or by the whole reference. */
    private List<Hit> transfers(Wanted wanted, Principal reader) {
        record Found(List<Transfer> transfers) {
        }
        if (wanted.id().isPresent()) {
            return found(api.get("/transfers/" + wanted.id().get(), Transfer.class)).map(Transfer::hit).stream().toList();
        }
        return reader.accounts().isPresent() ? List.of() : found(api.get("/transfers", Query.NONE.with("reference", wanted.text()).with("limit", Search.MOST), Found.class))
                .map(Found::transfers).orElse(List.of()).stream().map(Transfer::hit).toList();
    }

    // ---- trading ---------------------------------------------------------------------------------------------------------

    private record Order(String symbol, String orderId, String account, String side, long quantity, String price, String status) {

        private Hit hit() {
            return new Hit(symbol + "/" + orderId, words(side) + " " + Amounts.count(quantity) + (price == null ? " at the market" : " at " + price) + " \u00B7 account " + account + " \u00B7 " + words(status),
                    "markets/" + symbol + "?order=" + orderId);
        }
    }

    /** By the number that the book gave, or that the client chose. */
    private List<Hit> orders(Wanted wanted, Principal reader) {
        record History(Order order) {
        }
        if (wanted.listed().isPresent()) {
            return found(api.get("/orders/" + path(wanted.listed().get()), History.class)).map(History::order).map(Order::hit).stream().toList();
        }
        return wanted.number().isEmpty() ? List.of()
                : list("/orders/lookup", Query.NONE.with("id", wanted.number().getAsLong()).with("limit", Search.MOST), Order[].class).stream().map(Order::hit).toList();
    }

    private record Trade(String symbol, long number, Instant time, String price, long quantity, String status) {

        private Hit hit() {
            return new Hit(symbol + "/" + number, Amounts.count(quantity) + " at " + price + " \u00B7 " + words(status) + " \u00B7 " + Times.brief(time, Instant.now()), "markets/" + symbol + "?trade=" + number);
        }
    }

    private List<Hit> trades(Wanted wanted, Principal reader) {
        if (wanted.listed().isPresent()) {
            return found(api.get("/trades/" + path(wanted.listed().get()), Trade.class)).map(Trade::hit).stream().toList();
        }
        return wanted.number().isEmpty() ? List.of()
                : list("/trades/lookup", Query.NONE.with("number", wanted.number().getAsLong()).with("limit", Search.MOST), Trade[].class).stream().map(Trade::hit).toList();
    }

    private static String path(Wanted.Listed listed) {
        return MemberApi.segment(listed.symbol()) + "/" + listed.number();
    }

    private List<Hit> instruments(Wanted wanted, Principal reader) {
        record Instrument(String symbol, String currency) {
        }
        return best(list("/instruments", Query.NONE, Instrument[].class), wanted, one -> List.of(one.symbol()), one -> new Hit(one.symbol(), one.currency(), "markets/" + one.symbol()));
    }

    private List<Hit> portfolios(Wanted wanted, Principal reader) {
        record Portfolio(String code, String name, String level) {
        }
        return best(list("/portfolios", Query.NONE, Portfolio[].class), wanted, one -> List.of(one.code(), one.name()),
                one -> new Hit(one.name(), one.code() + " \u00B7 " + words(one.level()), "portfolios?portfolio=" + MemberApi.segment(one.code())));
    }

    // ---- what needs a look -----------------------------------------------------------------------------------------------

    private List<Hit> anomalies(Wanted wanted, Principal reader) {
        record Anomaly(String id, String symbol, String kind, String severity, Instant detected) {
            private Hit hit() {
                return new Hit(words(kind) + (symbol == null ? "" : ", " + symbol), words(severity) + " \u00B7 " + Times.brief(detected, Instant.now()) + " \u00B7 " + id, "alerts/anomaly/" + id);
            }
        }
        Optional<Anomaly> one = ALERT.matcher(wanted.text()).matches() ? found(api.get("/marketdata/anomalies/" + MemberApi.segment(wanted.text()), Anomaly.class)) : Optional.empty();
        return one.isPresent() ? List.of(one.get().hit())
                : best(list("/marketdata/anomalies", Query.NONE.with("limit", ALERTS), Anomaly[].class), wanted, each -> Arrays.asList(each.symbol(), words(each.kind())), Anomaly::hit);
    }

    private List<Hit> suspicions(Wanted wanted, Principal reader) {
        record Suspicion(String id, String symbol, String practice, Instant to) {
        }
        return best(list("/surveillance/alerts", Query.NONE.with("limit", ALERTS), Suspicion[].class), wanted, each -> List.of(each.id(), each.symbol(), words(each.practice())),
                each -> new Hit(words(each.practice()) + ", " + each.symbol(), Times.brief(each.to(), Instant.now()) + " \u00B7 " + each.id(), "alerts/surveillance/" + MemberApi.segment(each.id())));
    }

    // ---- operations ------------------------------------------------------------------------------------------------------

    private List<Hit> jobs(Wanted wanted, Principal reader) {
        record Job(String id, String name, String status) {
        }
        return best(list("/jobs", Query.NONE, Job[].class), wanted, one -> List.of(one.id(), one.name()), one -> new Hit(one.name(), words(one.status()) + " \u00B7 " + one.id(), "jobs/" + one.id()));
    }

    private List<Hit> users(Wanted wanted, Principal reader) {
        record User(String name, String fullName) {
        }
        return best(list("/security/users", Query.NONE, User[].class), wanted, one -> Arrays.asList(one.name(), one.fullName()),
                one -> new Hit(one.name(), one.fullName() == null ? "" : one.fullName(), "users?search=" + MemberApi.segment(one.name())));
    }

    private static <T> List<Hit> best(List<T> all, Wanted wanted, Function<T, List<String>> names, Function<T, Hit> hit) {
        return Match.best(all, wanted.text(), names).limit(Search.MOST).map(hit).toList();
    }

    /** {@code PARTIALLY_FILLED} is "Partially filled". */
    private static String words(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
