package io.partita.member.trading.settlement.rest;

import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.TradeQueries.Progress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Settlement")
@RestController
@RequestMapping("/api/v1/settlement")
final class SettlementController {

    private final SettlementCalls settlement;
    private final TradingCalls trading;

    SettlementController(SettlementCalls settlement, TradingCalls trading) {
        this.settlement = settlement;
        this.trading = trading;
    }

    /** How far settlement has come for a book. */
    @Schema(name = "SettlementProgress")
    record ProgressAnswer(String symbol, @Schema(description = "trades up to this number have been dealt with") long trades,
                          @Schema(description = "set aside for a later day") long pending, @Schema(description = "refused by the ledger") long failed,
                          @Schema(description = "on their way to the ledger once more") long queued) {
    }

    /** How far settlement has come. */
    @Schema(name = "Settlement")
    record SettlementAnswer(@Schema(description = "trades that are due up to it are settled") LocalDate day, List<ProgressAnswer> books) {
    }

    /** Another settlement day. */
    @Schema(name = "SettlementDay")
    record Day(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2026-11-23") LocalDate day) {
    }

    @Operation(summary = "How far settlement has come", description = "For each book, by symbol.")
    @GetMapping
    SettlementAnswer progress() {
        Map<Long, String> symbols = trading.symbols();
        List<ProgressAnswer> books = settlement.ask(service -> service.queries().progress()).stream()
                .filter(progress -> symbols.containsKey(progress.instrument())).map(progress -> answer(symbols, progress)).toList();
        return new SettlementAnswer(settlement.ask(service -> service.today()), books);
    }

    private static ProgressAnswer answer(Map<Long, String> symbols, Progress progress) {
        return new ProgressAnswer(symbols.get(progress.instrument()), progress.trades(), progress.pending(), progress.failed(), progress.queued());
    }

    @Operation(summary = "Move the settlement day ahead", description = """
            Of the calendar (in UTC), by at most 31 days: what is due up to it is settled. It never goes back; an earlier day changes nothing.""")
    @PutMapping(path = "/day", consumes = MediaType.APPLICATION_JSON_VALUE)
    SettlementAnswer day(@RequestBody Day request) {
        if (request.day() == null || !settlement.ask(service -> service.advance(request.day()))) {
            throw RequestProblem.field("day", "is a date, at most 31 days ahead of the calendar.");
        }
        return progress();
    }
}
