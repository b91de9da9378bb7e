package io.partita.member.bench.edge;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.ledger.MemberProcesses;
import io.partita.member.testing.Http;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** What is asked about and commanded, and by whom: half of it by the key of a service account, half by the access token of somebody who has signed in. */
final class EdgeWorld {

    /** Booked before anything is measured. */
    static final int BOOKED = 1_001;
    private static final int ACCOUNTS = 1_000;
    private static final int TRADER = 7;
    private static final String SYMBOL = "EDGE";
    private static final Currency EUR = Currency.of("EUR");
    private static final String PASSWORD = "a sentence that is long";
    /** Orders that stand before the first of them is cancelled. */
    private static final int STANDING = 200;

    private final BenchRun run;
    private final MemberProcesses members;
    private final List<UUID> transfers = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(20_261_122);
    private String key;
    private String token;
    private long asked;
    private long entered;
    private long cancelled;
    private long commandId;
    private boolean cancel;

    EdgeWorld(BenchRun run, MemberProcesses members) {
        this.run = run;
        this.members = members;
    }

    void prepare() {
        run.progress("opening accounts and a book");
        try (HazelcastLedgerClient ledger = HazelcastLedgerClient.of(members.client())) {
            List<AccountCommand.Open> openings = new ArrayList<>();
            for (int id = 1; id <= ACCOUNTS; id++) {
                openings.add(AccountCommand.open(Account.of(id, "Account " + id, AccountType.LIABILITY, EUR).withLimits(Limits.overdraft(1L << 50))));
            }
            ledger.accountsAsync(openings).join().forEach(EdgeWorld::requireBooked);
            openBook();
            List<Transfer> first = new ArrayList<>();
            for (int i = 0; i < BOOKED - 1; i++) {
                transfers.add(TransferIds.next());
                first.add(Transfer.of(transfers.getLast(), 1 + i % ACCOUNTS, 1 + (i + 1) % ACCOUNTS, Money.of(100, EUR)));
            }
            ledger.batch(first).forEach(EdgeWorld::requireBooked);
            requireBooked(ledger.transfer(Transfer.of(TransferIds.next(), 1, cash(), Money.of(1L << 40, EUR))));
        }
        someone();
    }

    private static void requireBooked(LedgerResult result) {
        if (!(result instanceof LedgerResult.Booked)) {
            throw new IllegalStateException("Not booked: " + result);
        }
    }

    private void openBook() {
        require(201, post("/api/v1/instruments", "{\"id\":1,\"symbol\":\"" + SYMBOL + "\",\"currency\":\"EUR\",\"tick\":\"0.01\"}"));
        for (String phase : List.of("PRE_OPEN", "CONTINUOUS")) {
            String body = "{\"id\":" + ++commandId + ",\"phase\":\"" + phase + "\"}";
            while (put("/api/v1/instruments/" + SYMBOL + "/phase", body).status() != 200) {
                LockSupport.parkNanos(100_000_000);
            }
        }
        require(201, post("/api/v1/trading-accounts", "{\"number\":" + TRADER + ",\"firm\":\"NORTH\",\"name\":\"Trader\"}"));
    }

    private long cash() {
        return Long.parseLong(require(200, put("/api/v1/trading-accounts/" + TRADER + "/cash/EUR", "")).text("account"));
    }

    private void someone() {
        require(201, post("/api/v1/security/service-accounts", "{\"name\":\"bench-service\",\"roles\":[\"OPERATOR\",\"TRADER\"]}"));
        key = require(201, post("/api/v1/security/keys", ("{\"owner\":\"bench-service\",\"name\":\"bench\",\"expiresAt\":\"%s\",\"scopes\":[\"ledger:read\",\"ledger:write\","
                + "\"marketdata:read\",\"trading:read\",\"trading:write\"]}").formatted(Instant.now().plus(1, ChronoUnit.DAYS)))).text("key");
        String once = require(201, post("/api/v1/security/users", "{\"name\":\"bench-user\",\"roles\":[\"OPERATOR\",\"TRADER\"]}")).text("oneTimePassword");
        String changing = require(200, signIn(once)).text("accessToken");
        require(204, Http.post(members.uri("/api/v1/auth/password"), "{\"current\":\"%s\",\"next\":\"%s\"}".formatted(once, PASSWORD), "Authorization", "Bearer " + changing));
        refresh();
    }

    private Http.Answer signIn(String password) {
        return Http.post(members.uri("/api/v1/auth/sign-in"), "{\"user\":\"bench-user\",\"password\":\"%s\"}".formatted(password), Http.NOBODY);
    }

    /** Signs in anew: an access token is good for ten minutes. */
    void refresh() {
        token = require(200, signIn(PASSWORD)).text("accessToken");
    }

    private Http.Answer post(String path, String json) {
        return Http.post(members.uri(path), json);
    }

    private Http.Answer put(String path, String json) {
        return Http.send(Http.request(members.uri(path), "Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static Http.Answer require(int status, Http.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    /** The key of the service account. */
    String key() {
        return key;
    }

    /** In ten: five balances, two accounts, a transfer, an account's last ten entries, the depth of a book. */
    byte[] read() {
        int account = 1 + random.nextInt(ACCOUNTS);
        return request("GET", switch (random.nextInt(10)) {
            case 0, 1 -> "/api/v1/accounts/" + account;
            case 2 -> "/api/v1/transfers/" + transfers.get(random.nextInt(transfers.size()));
            case 3 -> "/api/v1/accounts/" + account + "/statement?limit=10";
            case 4 -> "/api/v1/market-data/" + SYMBOL + "/depth";
            default -> "/api/v1/accounts/" + account + "/balance";
        }, null);
    }

    /** Of the ledger: to be told when it is durable. */
    byte[] transfer() {
        int from = 1 + random.nextInt(ACCOUNTS);
        int to = 1 + (from + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return request("POST", "/api/v1/transfers", "{\"id\":\"" + TransferIds.next() + "\",\"debitAccount\":\"" + from + "\",\"creditAccount\":\"" + to
                + "\",\"amount\":\"" + (1 + random.nextInt(100)) + ".00\",\"currency\":\"EUR\"}");
    }

    /** Orders of a trading account, through its risk, that do not trade; and the end of one for each that is entered. To be told when it is durable. */
    byte[] order() {
        cancel = !cancel && entered - cancelled > STANDING;
        return cancel ? request("DELETE", "/api/v1/orders/" + SYMBOL + "/" + ++cancelled + "?account=" + TRADER + "&id=" + ++commandId, null)
                : request("POST", "/api/v1/orders", "{\"symbol\":\"" + SYMBOL + "\",\"id\":" + ++commandId + ",\"account\":" + TRADER
                + ",\"side\":\"BUY\",\"price\":\"" + (1 + ++entered % 50) + ".00\",\"quantity\":1}");
    }

    private byte[] request(String method, String path, String json) {
        return ((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + (asked++ % 2 == 0 ? key : token) + "\r\n")
                + (json == null ? "\r\n" : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)).getBytes(StandardCharsets.US_ASCII);
    }
}
