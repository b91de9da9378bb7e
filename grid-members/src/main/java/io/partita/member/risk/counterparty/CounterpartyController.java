package io.partita.member.risk.counterparty;

import static io.partita.member.rest.Fields.required;

import io.partita.member.ledger.query.Times;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.Fields;
import io.partita.member.risk.Amounts;
import io.partita.member.risk.counterparty.Counterparty.NettingSet;
import io.partita.member.risk.counterparty.CounterpartyBook.Exposed;
import io.partita.money.Currency;
import io.partita.positions.product.Terms;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.RiskLimit;
import io.partita.risk.counterparty.Exposure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Counterparties")
@RestController
@RequestMapping("/api/v1/risk/counterparties")
final class CounterpartyController {

    private final CounterpartyBook book;
    private final InstantSource clock;

    CounterpartyController(CounterpartyBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** A counterparty as somebody wants it. */
    @Schema(name = "NewCounterparty")
    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Fields.MOST_TEXT) String name,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "that its exposure is in", example = "EUR") String currency) {
    }

    /** A netting set as somebody wants it. */
    @Schema(name = "NewNettingSet")
    record WantedSet(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "whether contracts can be set off against each other if the counterparty fails") Boolean enforceable,
                     @Schema(description = "held from the counterparty; less than 0 for what it holds; 0 unless said", example = "10000.00") String collateral,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "whose options, futures and forwards are with it") List<AccountId> accounts) {
    }

    /** The exposure of a netting set. */
    @Schema(name = "NettingSet")
    record OneSet(String code, boolean enforceable, String collateral, List<String> accounts, @Schema(description = "the sum of positive worths") String gross,
                  @Schema(description = "of all worths, if they can be set off") String netted, @Schema(description = "of that, what collateral does not cover") String current,
                  @Schema(description = "what may be added until the contracts end") String addOn, @Schema(description = "current and add-on") String total,
                  @Schema(description = "contracts without a price or a rate, which are in no figure") int unpriced) {
    }

    /** A counterparty and the exposure to it. */
    @Schema(name = "Counterparty")
    record One(String code, String name, String currency, String gross, String netted, String current, String addOn, String total, int unpriced, List<OneSet> nettingSets) {

        static One of(Exposed exposed) {
            Counterparty of = exposed.counterparty();
            Exposure all = exposed.total();
            return new One(of.code(), of.name(), of.currency().code(), text(of, all.gross()), text(of, all.netted()), text(of, all.current()), text(of, all.addOn()),
                    text(of, all.total()), exposed.unpriced(), of.sets().stream().map(set -> set(exposed, set)).toList());
        }

        private static OneSet set(Exposed exposed, NettingSet set) {
            Counterparty of = exposed.counterparty();
            Exposure exposure = exposed.sets().get(set.code());
            return new OneSet(set.code(), set.enforceable(), text(of, set.collateral()), set.accounts().stream().map(Object::toString).toList(), text(of, exposure.gross()),
                    text(of, exposure.netted()), text(of, exposure.current()), text(of, exposure.addOn()), text(of, exposure.total()), exposed.unpricedOf().get(set.code()));
        }

        private static String text(Counterparty of, long minor) {
            return of.currency().toMajor(minor).toPlainString();
        }
    }

    private LocalDate day(String text) {
        LocalDate day = Times.date("day", text);
        return day == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : Terms.day(day);
    }

    @Operation(summary = "All counterparties and what is lost if they fail, by code", description = "By the positions and prices of a day, today unless said.")
    @GetMapping
    List<One> all(@RequestParam(required = false) String day) {
        LocalDate on = day(day);
        return book.all().stream().map(one -> One.of(book.exposure(one, on))).toList();
    }

    @Operation(summary = "A counterparty and what is lost if it fails")
    @GetMapping("/{code}")
    One one(@PathVariable String code, @RequestParam(required = false) String day) {
        return One.of(book.exposure(code, day(day)));
    }

    @Operation(summary = "Make a counterparty, or call it otherwise", description = "201 for a new one.")
    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> put(@PathVariable String code, @RequestBody Wanted wanted) {
        Currency currency = Amounts.currency(required("currency", wanted.currency()));
        boolean fresh = book.tables().put(coded(code), Fields.text("name", wanted.name()), currency);
        return answer(fresh, code);
    }

    @Operation(summary = "Take a counterparty away that has no netting sets")
    @DeleteMapping("/{code}")
    ResponseEntity<Void> remove(@PathVariable String code) {
        book.tables().remove(code);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Make a netting set, or change it", description = "201 for a new one. An account is in one netting set at most.")
    @PutMapping(path = "/{code}/netting-sets/{set}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> put(@PathVariable String code, @PathVariable String set, @RequestBody WantedSet wanted) {
        Counterparty of = book.find(code).orElseThrow(() -> new LimitRefused(LimitRefusal.COUNTERPARTY_NOT_FOUND, code));
        long collateral = wanted.collateral() == null ? 0 : Amounts.money(of.currency(), wanted.collateral());
        List<Long> accounts = required("accounts", wanted.accounts()).stream().map(account -> required("accounts", account).value()).distinct().sorted().toList();
        return answer(book.tables().put(code, new NettingSet(coded(set), required("enforceable", wanted.enforceable()), collateral, accounts)), code);
    }

    @Operation(summary = "Take a netting set away")
    @DeleteMapping("/{code}/netting-sets/{set}")
    ResponseEntity<Void> remove(@PathVariable String code, @PathVariable String set) {
        book.tables().remove(code, set);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<One> answer(boolean fresh, String code) {
        One answer = one(code, null);
        return fresh ? ResponseEntity.created(URI.create("/api/v1/risk/counterparties/" + code)).body(answer) : ResponseEntity.ok(answer);
    }

    private static String coded(String code) {
        if (!RiskLimit.isCode(code)) {
            throw new LimitRefused(LimitRefusal.MALFORMED_LIMIT_CODE, code);
        }
        return code;
    }
}
