package io.partita.member.security.rest;

import io.partita.member.rest.Fields;
import io.partita.member.security.Preferences;
import io.partita.member.security.SignIns;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag(name = "Preferences")
@RestController
@RequestMapping("/api/v1/auth/preferences")
final class PreferenceController {

    private final Preferences preferences;
    private final SignIns signIns;
    private final JsonMapper json;

    PreferenceController(Preferences preferences, SignIns signIns, JsonMapper json) {
        this.preferences = preferences;
        this.signIns = signIns;
        this.json = json;
    }

    /** Something that somebody keeps for themselves. */
    @Schema(name = "Preference")
    record Answer(String name, @Schema(description = "whatever JSON was kept") JsonNode value) {
    }

    @Operation(summary = "What you keep here", description = "By name. Nobody else sees it.")
    @GetMapping
    List<Answer> all(@RequestParam(defaultValue = "") @Schema(description = "with which the names begin") String prefix, Principal caller) {
        return preferences.of(owner(caller), prefix).stream().map(each -> new Answer(each.name(), json.readTree(each.json()))).toList();
    }

    @Operation(summary = "One of the things that you keep here")
    @GetMapping("/{name}")
    JsonNode one(@PathVariable String name, Principal caller) {
        return json.readTree(preferences.value(owner(caller), name));
    }

    @Operation(summary = "Keep something for yourself", description = "Any JSON of 4,096 characters at most, in place of what was there by that name.")
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> keep(@PathVariable String name, @RequestBody JsonNode value, Principal caller) {
        preferences.keep(owner(caller), name, json.writeValueAsString(Fields.required("value", value)));
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Keep something no longer", description = "It need not be there.")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> forget(@PathVariable String name, Principal caller) {
        preferences.forget(owner(caller), name);
        return ResponseEntity.noContent().build();
    }

    /** Somebody who has signed in here; programs have no preferences. */
    private String owner(Principal caller) {
        AuthController.session(caller);
        signIns.checkUnrestricted(caller);
        return caller.name();
    }
}
