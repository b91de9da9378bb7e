package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.member.rest.AccountId;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Ledger")
@RestController
@RequestMapping("/api/v1/ledger")
final class LedgerQueryController {

    private final LedgerQueries queries;

    LedgerQueryController(LedgerQueries queries) {
        this.queries = queries;
    }

    /** The trial balance on the wire; amounts in major units. */
    @Schema(name = "TrialBalance")
    record TrialBalanceAnswer(@Schema(description = "Entries of the journal that it reflects") long size, Instant bookedAt,
                              @Schema(description = "Whether debits equal credits in every currency") boolean balanced,
                              List<CurrencyAnswer> currencies) {

        @Schema(name = "TrialBalanceOfCurrency")
        record CurrencyAnswer(@Schema(example = "EUR") String currency, @Schema(example = "1250.00") String debits,
                              @Schema(example = "1250.00") String credits,
                              @Schema(description = "Zero, or the books are broken", example = "0.00") String difference, List<TypeAnswer> types) {
        }

        @Schema(name = "TrialBalanceOfType")
        record TypeAnswer(AccountType type, String debits, String credits,
                          @Schema(description = "Positive on the type's normal side") String balance) {
        }

        static TrialBalanceAnswer of(TrialBalance trial) {
            return new TrialBalanceAnswer(trial.size(), trial.bookedAt(), trial.balanced(), trial.currencies().stream().map(c ->
                    new CurrencyAnswer(c.currency().code(), major(c.debits(), c.currency()), major(c.credits(), c.currency()),
                            major(c.difference(), c.currency()), c.types().stream().map(t -> new TypeAnswer(t.type(),
                            major(t.debits(), c.currency()), major(t.credits(), c.currency()), major(t.balance(), c.currency()))).toList())).toList());
        }

        private static String major(BigInteger minor, Currency currency) {
            return new BigDecimal(minor, currency.minorDigits()).toPlainString();
        }
    }

    @Operation(summary = "The trial balance", description = """
            Posted debits and credits by currency and account type, now or as of a time, from the latest checkpoints and the journal since.""")
    @GetMapping("/trial-balance")
    TrialBalanceAnswer trialBalance(
            @Parameter(description = "Everything booked at or before it; a date is the end of that day in UTC", example = "2026-11-21")
            @RequestParam(required = false) String at) {
        return TrialBalanceAnswer.of(queries.trialBalance(Times.at("at", at)));
    }

    @Operation(summary = "The chart of accounts, level by level", description = """
            The accounts right below one, each with its own balance and that of everything below it. The sums are at most a second old.""")
    @GetMapping("/chart")
    ChartAnswer chart(
            @Parameter(description = "Left out for the top of the chart", example = "1000") @RequestParam(required = false) String parent,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") long after) {
        return ChartAnswer.of(queries.chart(parent == null || parent.equals("0") ? 0 : AccountId.parse(parent).value(), after, limit));
    }

    @Operation(summary = "The general ledger as CSV", description = """
            One line for each leg that moved money, debit before credit, in the order of the journal; streamed, of any length.""")
    @GetMapping(path = "/export.csv", produces = "text/csv")
    void export(@Parameter(description = "Booked at or after; a time or a date") @RequestParam(required = false) String from,
                @Parameter(description = "Booked before; a date is included") @RequestParam(required = false) String to,
                HttpServletResponse response) throws IOException {
        Instant begin = Times.from("from", from);
        Instant end = Times.to("to", to);
        LedgerQueries.requireOrder(begin, end);
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"general-ledger.csv\"");
        queries.export(begin, end, response.getWriter());
    }
}
