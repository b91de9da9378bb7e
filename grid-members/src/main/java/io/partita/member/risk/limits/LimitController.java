package io.partita.member.risk.limits;

import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.risk.Amounts;
import io.partita.member.risk.limits.LimitJson.One;
import io.partita.member.risk.limits.LimitJson.Wanted;
import io.partita.member.security.Approvals;
import io.partita.money.Currency;
import io.partita.risk.Levels;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.RiskLimit;
import io.partita.security.Approval;
import io.partita.security.ApprovalKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk limits")
@RestController
@RequestMapping("/api/v1/risk")
final class LimitController {

    private final LimitService limits;
    private final Approvals approvals;

    LimitController(LimitService limits, Approvals approvals) {
        this.limits = limits;
        this.approvals = approvals;
        approvals.register(ApprovalKind.LIMIT_CHANGE, this::carryOut);
    }

    /** A limit that is to be changed when somebody else agrees. @param wanted null if it is to be taken away */
    record Change(String code, Wanted wanted) {
    }

    private String carryOut(Approval approval) {
        Change change = approvals.payload(approval, Change.class);
        if (change.wanted() == null) {
            limits.remove(change.code());
            return "taken away";
        }
        return limits.put(limit(change.code(), change.wanted()), change.wanted().actor()) ? "made" : "changed";
    }

    @Operation(summary = "All limits and how they were found last, by code", description = "UNKNOWN means that there is no figure; reason says why.")
    @GetMapping("/limits")
    List<One> all() {
        return limits.all().stream().map(One::of).toList();
    }

    @Operation(summary = "A limit and how it was found last")
    @GetMapping("/limits/{code}")
    One one(@PathVariable String code) {
        return One.of(limits.find(code));
    }

    @Operation(summary = "Make a limit, or change its levels, its tail or whether it stops orders", description = """
            201 for a new one, 202 if somebody else must agree. It is held against its figure at once: a figure above the hard level raises a breach and, unless holds is false, stops orders that make positions larger.""")
    @PutMapping(path = "/limits/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> put(@PathVariable String code, @RequestBody Wanted wanted, HttpServletRequest request) {
        String actor = Caller.actor(Caller.required(request), wanted.actor());
        RiskLimit limit = limit(code, wanted);
        if (approvals.needs(ApprovalKind.LIMIT_CHANGE)) {
            throw approvals.awaiting(Caller.required(request), ApprovalKind.LIMIT_CHANGE, code, new Change(code, wanted.by(actor)));
        }
        boolean fresh = limits.put(limit, actor);
        One answer = One.of(limits.find(code));
        return fresh ? ResponseEntity.created(URI.create("/api/v1/risk/limits/" + code)).body(answer) : ResponseEntity.ok(answer);
    }

    private RiskLimit limit(String code, Wanted wanted) {
        required("scope", wanted.scope());
        required("target", wanted.target());
        required("measure", wanted.measure());
        Currency asked = wanted.currency() == null ? null : Amounts.currency(wanted.currency());
        // Only what is well formed is looked for.
        RiskLimit draft = new RiskLimit(code, wanted.scope(), wanted.target(), wanted.measure(), Currency.of("EUR"), new Levels(0, 0), wanted.tail(), true);
        Currency base = asked != null ? asked : limits.base(draft.scope(), draft.target());
        if (base == null) {
            throw new LimitRefused(LimitRefusal.LIMIT_INCOMPLETE, "The account is in no book: say a currency.");
        }
        Levels levels = new Levels(LimitJson.level(wanted.measure(), base, wanted.soft()), LimitJson.level(wanted.measure(), base, wanted.hard()));
        return new RiskLimit(code, wanted.scope(), wanted.target(), wanted.measure(), base, levels, draft.tail(), !Boolean.FALSE.equals(wanted.holds()));
    }

    @Operation(summary = "Take a limit away", description = "202 if somebody else must agree. Its breach, if there is one, is over, and what it has stopped goes on.")
    @DeleteMapping("/limits/{code}")
    ResponseEntity<Void> remove(@PathVariable String code, HttpServletRequest request) {
        if (approvals.needs(ApprovalKind.LIMIT_CHANGE)) {
            limits.find(code);
            throw approvals.awaiting(Caller.required(request), ApprovalKind.LIMIT_CHANGE, code, new Change(code, null));
        }
        limits.remove(code);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Hold all limits against their figures now", description = "Members do so on a schedule, too.")
    @PostMapping("/limits/evaluations")
    List<One> evaluateAll() {
        limits.evaluateAll();
        return all();
    }

    @Operation(summary = "Hold a limit against its figure now")
    @PostMapping("/limits/{code}/evaluations")
    One evaluate(@PathVariable String code) {
        limits.evaluate(code);
        return one(code);
    }

    @Operation(summary = "Accounts whose positions may only get smaller now", description = "Orders that make them larger are refused with RISK_LIMIT.")
    @GetMapping("/held-accounts")
    List<String> held() {
        return limits.held().stream().map(Object::toString).toList();
    }
}
