package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Margin, its calls, and counterparties, as the console asks for them; amounts are in major units. Thread-safe; calls block. */
@Component
class MarginApi {

    private final MemberApi api;

    MarginApi(MemberApi api) {
        this.api = api;
    }

    /** An account that has to have something there in advance. @param maintenance part of the initial margin @param call number of the open call, or null */
    record MarginAccount(String account, String currency, String measure, String method, BigDecimal level, Integer horizon, BigDecimal maintenance, Integer deadlineMinutes,
                         boolean liquidates, BigDecimal collateral, BigDecimal worth, BigDecimal variation, BigDecimal equity, BigDecimal initial, BigDecimal maintenanceMargin,
                         BigDecimal shortfall, Integer left, String reason, Instant evaluatedAt, String call) {
    }

    /** A call for margin. */
    record Call(String number, String account, String currency, BigDecimal amount, BigDecimal outstanding, String status, Instant issuedAt, Instant deadline, Instant endedAt) {

        boolean open() {
            return endedAt == null;
        }
    }

    /** What happened of a call. */
    record Event(String event, String status, BigDecimal outstanding, Instant at) {
    }

    /** What others would owe if they failed now. @param netted of it, where netting is enforceable @param addOn for what may still come */
    record Counterparty(String code, String name, String currency, BigDecimal gross, BigDecimal netted, BigDecimal current, BigDecimal addOn, BigDecimal total, int unpriced,
                        List<NettingSet> nettingSets) {
    }

    /** Accounts whose gains and losses count against each other. */
    record NettingSet(String code, boolean enforceable, BigDecimal collateral, List<String> accounts, BigDecimal gross, BigDecimal netted, BigDecimal current, BigDecimal addOn,
                      BigDecimal total, int unpriced) {
    }

    Answer<List<MarginAccount>> accounts() {
        return api.get("/risk/margin/accounts", MarginAccount[].class).map(Arrays::asList);
    }

    /** Looks at all of them now. */
    Answer<List<MarginAccount>> evaluate() {
        return api.post("/risk/margin/evaluations", Map.of(), MarginAccount[].class).map(Arrays::asList);
    }

    /** The newest first. */
    Answer<List<Call>> calls(int most) {
        return api.get("/risk/margin/calls", Query.NONE.with("limit", most), Call[].class).map(Arrays::asList);
    }

    Answer<List<Event>> events(String call) {
        return api.get("/risk/margin/calls/" + call + "/events", Event[].class).map(Arrays::asList);
    }

    Answer<List<Counterparty>> counterparties() {
        return api.get("/risk/counterparties", Counterparty[].class).map(Arrays::asList);
    }
}
