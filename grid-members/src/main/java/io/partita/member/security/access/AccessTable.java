package io.partita.member.security.access;

import static io.partita.security.Permission.APPROVALS_DECIDE;
import static io.partita.security.Permission.AUDIT_READ;
import static io.partita.security.Permission.GRID_OPERATE;
import static io.partita.security.Permission.GRID_READ;
import static io.partita.security.Permission.JOBS_WRITE;
import static io.partita.security.Permission.LEDGER_OPERATE;
import static io.partita.security.Permission.LEDGER_READ;
import static io.partita.security.Permission.LEDGER_WRITE;
import static io.partita.security.Permission.MARKETDATA_READ;
import static io.partita.security.Permission.MARKETDATA_WRITE;
import static io.partita.security.Permission.POSITIONS_READ;
import static io.partita.security.Permission.POSITIONS_WRITE;
import static io.partita.security.Permission.RISK_READ;
import static io.partita.security.Permission.RISK_WRITE;
import static io.partita.security.Permission.SECURITY_WRITE;
import static io.partita.security.Permission.SURVEILLANCE_READ;
import static io.partita.security.Permission.TRADING_OPERATE;
import static io.partita.security.Permission.TRADING_READ;
import static io.partita.security.Permission.TRADING_WRITE;

import io.partita.security.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every address of a member, and who may use it; what is not here is there for nobody. {@code docs/access.md} is made from it. Immutable. */
public final class AccessTable {

    private static final Need NOTHING = new Need.Nothing();
    private static final Need SIGNED_IN = new Need.SignedIn();
    private static final Own ANYTHING = new Own.Anything();
    private static final Own EVERYBODYS = new Own.Everybodys();
    private static final Own BODY = new Own.InBody();
    private static final Own FOUND = new Own.OfWhatIsFound();
    private static final Own ACCOUNT_ASKED = new Own.InQuery("account");
    /** Of {@code /api/v1/orders/ACME/7}: where the name of the resource stands, by which rules are found. */
    private static final int RESOURCE = 5;

    private final List<AccessRule> rules = new ArrayList<>();
    private final Map<String, List<AccessRule>> byResource = new HashMap<>();

    /** What a request asks for. @param allowed the methods that the path knows, where the rule is absent for the method alone */
    record Found(Optional<AccessRule> rule, List<String> allowed) {
    }

    public AccessTable() {
        forEverybody();
        identity();
        ledger();
        marketData();
        trading();
        positions();
        risk();
        operations();
        for (AccessRule rule : rules) {
            byResource.computeIfAbsent(resource(PathContainer.parsePath(rule.path())), key -> new ArrayList<>()).add(rule);
        }
        // As Spring chooses among the patterns that match.
        byResource.values().forEach(list -> list.sort(Comparator.comparing(AccessRule::pattern, PathPattern.SPECIFICITY_COMPARATOR)));
    }

    private void forEverybody() {
        open("GET", "/health");
        open("GET", "/health/**");
        open("GET", "/.well-known/jwks.json");
        open("GET", "/docs");
        open("GET", "/swagger-ui/**");
        open("GET", "/v3/api-docs");
        open("GET", "/v3/api-docs/**");
        open("GET", "/v3/api-docs.yaml");
        // What works is for everybody to see; whom it concerns is not told there.
        open("GET", "/status");
        open("GET", "/problems");
        open("GET", "/problems/{code}");
        open(AccessRule.ANY_METHOD, "/error");
    }

    private void identity() {
        open("POST", "/api/v1/auth/sign-in");
        open("POST", "/api/v1/auth/refresh");
        signedIn("POST", "/api/v1/auth/sign-out");
        signedIn("GET", "/api/v1/auth/me");
        signedIn("POST", "/api/v1/auth/password");
        signedIn("POST", "/api/v1/auth/second-factor");
        signedIn("POST", "/api/v1/auth/second-factor/confirm");
        signedIn("DELETE", "/api/v1/auth/second-factor");
        signedIn("GET", "/api/v1/auth/sessions");
        signedIn("DELETE", "/api/v1/auth/sessions/{id}");
        signedIn("GET", "/api/v1/auth/preferences");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            signedIn(method, "/api/v1/auth/preferences/{name}");
        }
    }

    private void ledger() {
        get("/api/v1/accounts", LEDGER_READ, EVERYBODYS);
        post("/api/v1/accounts", LEDGER_WRITE, EVERYBODYS);
        get("/api/v1/accounts/{id}", LEDGER_READ, path("id"));
        rule("PATCH", "/api/v1/accounts/{id}", LEDGER_WRITE, EVERYBODYS);
        get("/api/v1/accounts/{id}/balance", LEDGER_READ, path("id"));
        get("/api/v1/accounts/{id}/statement", LEDGER_READ, path("id"));
        get("/api/v1/accounts/{id}/rollup", LEDGER_READ, EVERYBODYS);
        get("/api/v1/transfers", LEDGER_READ, ACCOUNT_ASKED);
        post("/api/v1/transfers", LEDGER_WRITE, BODY);
        post("/api/v1/transfers/linked", LEDGER_WRITE, BODY);
        post("/api/v1/transfers/batch", LEDGER_WRITE, BODY);
        get("/api/v1/transfers/{id}", LEDGER_READ, FOUND);
        get("/api/v1/transfers/{id}/proof", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/proof", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/tree-head", LEDGER_READ, ANYTHING);
        get("/api/v1/ledger/consistency", LEDGER_READ, ANYTHING);
        get("/api/v1/ledger/key", LEDGER_READ, ANYTHING);
        get("/api/v1/ledger/bundle", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/trial-balance", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/chart", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/export.csv", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/archives", LEDGER_READ, EVERYBODYS);
        post("/api/v1/ledger/archives", LEDGER_OPERATE, EVERYBODYS);
        get("/api/v1/ledger/archives/{from}", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/reconciliations", LEDGER_READ, EVERYBODYS);
        post("/api/v1/ledger/reconciliations", LEDGER_OPERATE, EVERYBODYS);
        get("/api/v1/ledger/reconciliations/{id}", LEDGER_READ, EVERYBODYS);
        get("/api/v1/ledger/statements", LEDGER_READ, EVERYBODYS);
        post("/api/v1/ledger/statements", LEDGER_OPERATE, EVERYBODYS);
        get("/api/v1/ledger/statements/{id}", LEDGER_READ, EVERYBODYS);
        post("/api/v1/ledger/statements/{id}/match", LEDGER_OPERATE, EVERYBODYS);
    }

    private void marketData() {
        get("/api/v1/market-data", MARKETDATA_READ, ANYTHING);
        for (String of : List.of("", "/depth", "/orders", "/trades", "/bars", "/replay")) {
            get("/api/v1/market-data/{symbol}" + of, MARKETDATA_READ, ANYTHING);
        }
        for (String of : List.of("bars/{instrument}", "days/{instrument}", "indicators/{instrument}", "quality", "dead-letters", "anomalies", "anomalies/{id}",
                "anomalies/{id}/similar", "anomalies/silences", "corporate-actions", "rules", "rules/words", "rules/{name}")) {
            get("/api/v1/marketdata/" + of, MARKETDATA_READ, ANYTHING);
        }
        for (String of : List.of("ticks", "anomalies/{id}/feedback", "anomalies/silences", "corporate-actions", "rules", "rules/dry-run")) {
            post("/api/v1/marketdata/" + of, MARKETDATA_WRITE, ANYTHING);
        }
        put("/api/v1/marketdata/rules/{name}", MARKETDATA_WRITE, ANYTHING);
        for (String of : List.of("anomalies/silences/{silence}", "corporate-actions/{number}", "rules/{name}")) {
            delete("/api/v1/marketdata/" + of, MARKETDATA_WRITE, ANYTHING);
        }
        get("/api/v1/surveillance/alerts", SURVEILLANCE_READ, EVERYBODYS);
        get("/ws/market-data", MARKETDATA_READ, ANYTHING);
        get("/ws/ticks", MARKETDATA_WRITE, ANYTHING);
    }

    private void trading() {
        get("/api/v1/instruments", MARKETDATA_READ, ANYTHING);
        post("/api/v1/instruments", TRADING_OPERATE, ANYTHING);
        put("/api/v1/instruments/{symbol}/phase", TRADING_OPERATE, ANYTHING);
        get("/api/v1/calendars", MARKETDATA_READ, ANYTHING);
        get("/api/v1/calendars/{name}", MARKETDATA_READ, ANYTHING);
        put("/api/v1/calendars/{name}", TRADING_OPERATE, ANYTHING);
        get("/api/v1/market-breaker", MARKETDATA_READ, ANYTHING);
        put("/api/v1/market-breaker", TRADING_OPERATE, ANYTHING);
        delete("/api/v1/market-breaker", TRADING_OPERATE, ANYTHING);
        post("/api/v1/market-breaker/halt", TRADING_OPERATE, ANYTHING);
        post("/api/v1/market-breaker/lift", TRADING_OPERATE, ANYTHING);
        get("/api/v1/orders", TRADING_READ, ACCOUNT_ASKED);
        post("/api/v1/orders", TRADING_WRITE, BODY);
        get("/api/v1/orders/lookup", TRADING_READ, FOUND);
        get("/api/v1/orders/{symbol}/{orderId}", TRADING_READ, FOUND);
        put("/api/v1/orders/{symbol}/{orderId}", TRADING_WRITE, BODY);
        delete("/api/v1/orders/{symbol}/{orderId}", TRADING_WRITE, ACCOUNT_ASKED);
        delete("/api/v1/orders/{symbol}", TRADING_WRITE, ACCOUNT_ASKED);
        post("/api/v1/quotes", TRADING_WRITE, BODY);
        post("/api/v1/crosses", TRADING_WRITE, BODY);
        post("/api/v1/routes", TRADING_WRITE, BODY);
        get("/api/v1/algorithms", TRADING_READ, ACCOUNT_ASKED);
        post("/api/v1/algorithms", TRADING_WRITE, BODY);
        get("/api/v1/algorithms/{account}/{id}", TRADING_READ, path("account"));
        delete("/api/v1/algorithms/{account}/{id}", TRADING_WRITE, path("account"));
        get("/api/v1/strategies", TRADING_READ, ANYTHING);
        post("/api/v1/strategies/backtests", TRADING_WRITE, ANYTHING);
        get("/api/v1/strategies/runs", TRADING_READ, EVERYBODYS);
        post("/api/v1/strategies/runs", TRADING_WRITE, BODY);
        get("/api/v1/strategies/runs/{id}", TRADING_READ, FOUND);
        delete("/api/v1/strategies/runs/{id}", TRADING_WRITE, FOUND);
        get("/api/v1/trading-accounts", TRADING_READ, EVERYBODYS);
        post("/api/v1/trading-accounts", TRADING_OPERATE, EVERYBODYS);
        get("/api/v1/trading-accounts/{number}", TRADING_READ, path("number"));
        put("/api/v1/trading-accounts/{number}/cash/{currency}", TRADING_OPERATE, EVERYBODYS);
        put("/api/v1/trading-accounts/{number}/holdings/{symbol}", TRADING_OPERATE, EVERYBODYS);
        get("/api/v1/trading-accounts/{number}/risk", TRADING_READ, path("number"));
        get("/api/v1/trading-accounts/{number}/limits", TRADING_READ, path("number"));
        put("/api/v1/trading-accounts/{number}/limits", RISK_WRITE, EVERYBODYS);
        get("/api/v1/trading-accounts/{number}/locates", TRADING_READ, path("number"));
        post("/api/v1/trading-accounts/{number}/locates", TRADING_OPERATE, EVERYBODYS);
        get("/api/v1/kill-switch", TRADING_READ, EVERYBODYS);
        get("/api/v1/kill-switch/engaged", TRADING_READ, EVERYBODYS);
        put("/api/v1/kill-switch/accounts/{number}", TRADING_OPERATE, EVERYBODYS);
        put("/api/v1/kill-switch/firms/{firm}", TRADING_OPERATE, EVERYBODYS);
        put("/api/v1/kill-switch/instruments/{symbol}", TRADING_OPERATE, EVERYBODYS);
        get("/api/v1/trades", TRADING_READ, ACCOUNT_ASKED);
        get("/api/v1/trades/lookup", TRADING_READ, FOUND);
        get("/api/v1/trades/{symbol}/{number}", TRADING_READ, FOUND);
        post("/api/v1/trades/{symbol}/{number}/bust", TRADING_OPERATE, EVERYBODYS);
        post("/api/v1/trades/{symbol}/{number}/correct", TRADING_OPERATE, EVERYBODYS);
        post("/api/v1/trades/{symbol}/{number}/settle", TRADING_OPERATE, EVERYBODYS);
        get("/api/v1/settlement", TRADING_READ, ANYTHING);
        put("/api/v1/settlement/day", TRADING_OPERATE, EVERYBODYS);
    }

    private void positions() {
        get("/api/v1/positions", POSITIONS_READ, ACCOUNT_ASKED);
        get("/api/v1/positions/lots", POSITIONS_READ, ACCOUNT_ASKED);
        post("/api/v1/positions/imports", POSITIONS_WRITE, EVERYBODYS);
        delete("/api/v1/positions/imports", POSITIONS_WRITE, EVERYBODYS);
        get("/api/v1/positions/products", POSITIONS_READ, ANYTHING);
        post("/api/v1/positions/products", POSITIONS_WRITE, ANYTHING);
        get("/api/v1/positions/products/one", POSITIONS_READ, ANYTHING);
        get("/api/v1/positions/symbol-changes", POSITIONS_READ, ANYTHING);
        post("/api/v1/positions/symbol-changes", POSITIONS_WRITE, ANYTHING);
        delete("/api/v1/positions/symbol-changes", POSITIONS_WRITE, ANYTHING);
        get("/api/v1/prices", POSITIONS_READ, ANYTHING);
        post("/api/v1/prices", POSITIONS_WRITE, ANYTHING);
        get("/api/v1/prices/history", POSITIONS_READ, ANYTHING);
        get("/api/v1/prices/versions", POSITIONS_READ, ANYTHING);
        get("/api/v1/pnl", POSITIONS_READ, EVERYBODYS);
        get("/api/v1/portfolios", POSITIONS_READ, EVERYBODYS);
        for (String of : List.of("", "/positions", "/explain", "/pnl", "/pnl/positions")) {
            get("/api/v1/portfolios/{code}" + of, POSITIONS_READ, EVERYBODYS);
        }
        put("/api/v1/portfolios/{code}", POSITIONS_WRITE, EVERYBODYS);
        delete("/api/v1/portfolios/{code}", POSITIONS_WRITE, EVERYBODYS);
        post("/api/v1/portfolios/{code}/accounts", POSITIONS_WRITE, EVERYBODYS);
        delete("/api/v1/portfolios/{code}/accounts/{account}", POSITIONS_WRITE, EVERYBODYS);
        put("/api/v1/portfolios/{code}/snapshots/{day}", POSITIONS_WRITE, EVERYBODYS);
    }

    private void risk() {
        for (String of : List.of("", "/backtest", "/history", "/history/{id}", "/stress", "/stress/grid", "/reverse-stress", "/greeks", "/correlation", "/concentration")) {
            get("/api/v1/risk/portfolios/{code}" + of, RISK_READ, EVERYBODYS);
        }
        post("/api/v1/risk/portfolios/{code}/what-if", RISK_READ, EVERYBODYS);
        put("/api/v1/risk/portfolios/{code}/history/{id}", RISK_READ, EVERYBODYS);
        post("/api/v1/risk/portfolios/{code}/history/{id}/rerun", RISK_READ, EVERYBODYS);
        for (String of : List.of("stress/scenarios", "stress/scenarios/{code}")) {
            get("/api/v1/risk/" + of, RISK_READ, ANYTHING);
        }
        for (String of : List.of("counterparties", "counterparties/{code}", "breaches", "breaches/{number}", "breaches/{number}/events", "limits", "limits/{code}",
                "held-accounts", "margin/accounts", "margin/calls/{number}", "margin/calls/{number}/events")) {
            get("/api/v1/risk/" + of, RISK_READ, EVERYBODYS);
        }
        get("/api/v1/risk/margin/accounts/{account}", RISK_READ, path("account"));
        get("/api/v1/risk/margin/calls", RISK_READ, ACCOUNT_ASKED);
        for (String of : List.of("stress/scenarios/{code}", "counterparties/{code}", "counterparties/{code}/netting-sets/{set}", "limits/{code}", "margin/accounts/{account}")) {
            put("/api/v1/risk/" + of, RISK_WRITE, EVERYBODYS);
            delete("/api/v1/risk/" + of, RISK_WRITE, EVERYBODYS);
        }
        put("/api/v1/risk/breaches/{number}/acknowledgement", RISK_WRITE, EVERYBODYS);
        for (String of : List.of("limits/evaluations", "limits/{code}/evaluations", "margin/evaluations", "margin/accounts/{account}/evaluations",
                "margin/accounts/{account}/settlements")) {
            post("/api/v1/risk/" + of, RISK_WRITE, EVERYBODYS);
        }
        get("/ws/risk", RISK_READ, EVERYBODYS);
    }

    private void operations() {
        get("/metrics", GRID_READ, ANYTHING);
        get("/api/v1/grid", GRID_READ, ANYTHING);
        for (String of : List.of("", "/maps", "/shards")) {
            get("/api/v1/cluster" + of, GRID_READ, ANYTHING);
        }
        // Each part of the answer is for whoever may see it, which the endpoint looks at.
        rules.add(new AccessRule("GET", pattern("/api/v1/lineage/{id}"), SIGNED_IN, FOUND));
        for (String of : List.of("orders", "trades")) {
            get("/api/v1/lineage/" + of + "/{symbol}/{number}", TRADING_READ, FOUND);
        }
        for (String of : List.of("", "/runs", "/runs/{run}", "/runs/{run}/report", "/runs/{run}/report.json")) {
            get("/api/v1/drills" + of, GRID_READ, ANYTHING);
        }
        post("/api/v1/drills/{drill}", GRID_OPERATE, ANYTHING);
        delete("/api/v1/drills/runs/{run}", GRID_OPERATE, ANYTHING);
        get("/api/v1/status", GRID_READ, ANYTHING);
        get("/api/v1/diagnostics", GRID_OPERATE, EVERYBODYS);
        for (String of : List.of("", "/catalogue", "/{job}", "/{job}/metrics", "/{job}/dag")) {
            get("/api/v1/jobs" + of, GRID_READ, ANYTHING);
        }
        for (String of : List.of("", "/{job}/suspend", "/{job}/resume", "/{job}/restart")) {
            post("/api/v1/jobs" + of, JOBS_WRITE, ANYTHING);
        }
        delete("/api/v1/jobs/{job}", JOBS_WRITE, ANYTHING);
        get("/api/v1/audit", AUDIT_READ, EVERYBODYS);
        get("/api/v1/audit/verification", AUDIT_READ, EVERYBODYS);
        for (String of : List.of("users", "users/{name}", "users/{name}/sessions", "service-accounts", "service-accounts/{name}", "keys", "signing-keys",
                "encryption-keys")) {
            get("/api/v1/security/" + of, SECURITY_WRITE, ANYTHING);
        }
        get("/api/v1/approvals", APPROVALS_DECIDE, EVERYBODYS);
        // Others' are shown to those who decide only; the endpoint looks.
        signedIn("GET", "/api/v1/approvals/mine");
        signedIn("GET", "/api/v1/approvals/{id}");
        post("/api/v1/approvals/{id}/approve", APPROVALS_DECIDE, EVERYBODYS);
        post("/api/v1/approvals/{id}/reject", APPROVALS_DECIDE, EVERYBODYS);
        for (String of : List.of("users", "users/{name}/reset-password", "users/{name}/unlock", "service-accounts", "keys", "keys/{id}/rotate", "signing-keys",
                "encryption-keys")) {
            post("/api/v1/security/" + of, SECURITY_WRITE, ANYTHING);
        }
        for (String of : List.of("users/{name}", "service-accounts/{name}")) {
            rule("PATCH", "/api/v1/security/" + of, SECURITY_WRITE, ANYTHING);
        }
        for (String of : List.of("users/{name}", "users/{name}/sessions/{id}", "service-accounts/{name}", "keys/{id}")) {
            delete("/api/v1/security/" + of, SECURITY_WRITE, ANYTHING);
        }
    }

    private void open(String method, String path) {
        rules.add(new AccessRule(method, pattern(path), NOTHING, ANYTHING));
    }

    private void signedIn(String method, String path) {
        rules.add(new AccessRule(method, pattern(path), SIGNED_IN, ANYTHING));
    }

    private void get(String path, Permission permission, Own own) {
        rule("GET", path, permission, own);
    }

    private void post(String path, Permission permission, Own own) {
        rule("POST", path, permission, own);
    }

    private void put(String path, Permission permission, Own own) {
        rule("PUT", path, permission, own);
    }

    private void delete(String path, Permission permission, Own own) {
        rule("DELETE", path, permission, own);
    }

    private void rule(String method, String path, Permission permission, Own own) {
        rules.add(new AccessRule(method, pattern(path), new Need.To(permission), own));
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }

    private static Own path(String variable) {
        return new Own.InPath(variable);
    }

    /** All rules, domain by domain. */
    public List<AccessRule> rules() {
        return List.copyOf(rules);
    }

    Found find(String method, PathContainer path) {
        List<AccessRule> matching = byResource.getOrDefault(resource(path), List.of()).stream().filter(rule -> rule.matches(path)).toList();
        Optional<AccessRule> rule = matching.stream().filter(each -> each.takes(method)).findFirst();
        return new Found(rule, rule.isPresent() ? List.of() : matching.stream().map(AccessRule::method).distinct().sorted().toList());
    }

    /** Of an address of the interface the resource, of others their beginning: neither is ever a variable. */
    private static String resource(PathContainer path) {
        List<PathContainer.Element> elements = path.elements();
        int place = elements.size() > RESOURCE && elements.get(1).value().equals("api") ? RESOURCE : 1;
        return elements.size() <= place ? "" : elements.get(place).value();
    }
}
