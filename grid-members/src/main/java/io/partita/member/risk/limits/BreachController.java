package io.partita.member.risk.limits;

import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.member.risk.limits.LimitJson.OneEvent;
import io.partita.member.risk.limits.LimitJson.Seen;
import io.partita.risk.RiskLimit;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk limits")
@RestController
@RequestMapping("/api/v1/risk/breaches")
final class BreachController {

    private static final int MOST = 500;

    private final LimitService limits;

    BreachController(LimitService limits) {
        this.limits = limits;
    }

    @Operation(summary = "Breaches of limits, the newest first", description = "With open=true those that last. Ask for more with before: the number of the last one of the page.")
    @GetMapping
    List<OneBreach> all(@RequestParam(defaultValue = "false") boolean open, @RequestParam(defaultValue = "9223372036854775807") long before,
                        @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        return limits.breaches(open, before, limit).stream().map(OneBreach::of).toList();
    }

    @Operation(summary = "A breach")
    @GetMapping("/{number}")
    OneBreach one(@PathVariable long number) {
        return OneBreach.of(limits.breach(number));
    }

    @Operation(summary = "What happened to a breach, the oldest first")
    @GetMapping("/{number}/events")
    List<OneEvent> events(@PathVariable long number, @RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        RiskLimit of = limits.breach(number).limit();
        return limits.events(number, after, limit).stream().map(event -> OneEvent.of(event, of)).toList();
    }

    @Operation(summary = "Say that a breach was seen, and what is being done", description = """
            The same once more is the same. It lifts nothing. A breach that escalates from soft to hard afterwards has to be seen again.""")
    @PutMapping(path = "/{number}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    OneBreach acknowledge(@PathVariable long number, @RequestBody Seen seen, Principal caller) {
        return OneBreach.of(limits.acknowledge(number, Caller.actor(caller, seen.actor()), Fields.text("note", seen.note())));
    }
}
