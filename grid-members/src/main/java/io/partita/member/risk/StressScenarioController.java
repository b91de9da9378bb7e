package io.partita.member.risk;

import io.partita.member.rest.Caller;
import io.partita.member.risk.StressJson.Scenario;
import io.partita.member.risk.StressJson.Wanted;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Stress")
@RestController
@RequestMapping("/api/v1/risk/stress/scenarios")
final class StressScenarioController {

    private final StressScenarios scenarios;

    StressScenarioController(StressScenarios scenarios) {
        this.scenarios = scenarios;
    }

    @Operation(summary = "All scenarios, the library first")
    @GetMapping
    List<Scenario> all() {
        return scenarios.all().stream().map(Scenario::of).toList();
    }

    @Operation(summary = "One scenario")
    @GetMapping("/{code}")
    Scenario one(@PathVariable String code) {
        return Scenario.of(scenarios.find(code));
    }

    @Operation(summary = "Make a scenario, or replace one", description = "201 for a new one. What is left out does not move. Those of the library stay as they are.")
    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Scenario> put(@PathVariable String code, @RequestBody Wanted wanted, Principal caller) {
        StressScenario scenario = wanted.checked(code, Caller.actor(caller, wanted.actor()));
        boolean fresh = scenarios.put(scenario);
        return fresh ? ResponseEntity.created(URI.create("/api/v1/risk/stress/scenarios/" + code)).body(Scenario.of(scenario)) : ResponseEntity.ok(Scenario.of(scenario));
    }

    @Operation(summary = "Take a scenario away")
    @DeleteMapping("/{code}")
    ResponseEntity<Void> remove(@PathVariable String code) {
        scenarios.remove(code);
        return ResponseEntity.noContent().build();
    }
}
