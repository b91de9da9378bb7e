package io.partita.member.security.rest;

import static io.partita.member.rest.Fields.required;

import io.partita.member.security.Users;
import io.partita.member.security.rest.UserJson.One;
import io.partita.member.security.rest.UserJson.Wanted;
import io.partita.security.Principal;
import io.partita.security.Principal.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Service accounts")
@RestController
@RequestMapping("/api/v1/security/service-accounts")
final class ServiceAccountController {

    private final Users users;

    ServiceAccountController(Users users) {
        this.users = users;
    }

    @Operation(summary = "All service accounts, by name")
    @GetMapping
    List<One> all(Principal caller) {
        return users.all(Kind.SERVICE).stream().map(account -> One.of(account, null, caller)).toList();
    }

    @Operation(summary = "A service account")
    @GetMapping("/{name}")
    One one(@PathVariable String name, Principal caller) {
        return One.of(users.find(Kind.SERVICE, name), null, caller);
    }

    @Operation(summary = "Make a service account", description = "It has no password: make a key for it.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> create(@RequestBody Wanted wanted, Principal caller) {
        String name = required("name", wanted.name());
        users.create(Kind.SERVICE, name, wanted.change(), caller);
        return ResponseEntity.created(URI.create("/api/v1/security/service-accounts/" + name)).body(one(name, caller));
    }

    @Operation(summary = "Change a service account", description = "What is left out stays. Its keys can do at most what it may.")
    @PatchMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    One change(@PathVariable String name, @RequestBody Wanted wanted, Principal caller) {
        return One.of(users.change(Kind.SERVICE, name, wanted.change(), caller), null, caller);
    }

    @Operation(summary = "Disable a service account", description = "All of its keys are refused.")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> disable(@PathVariable String name, Principal caller) {
        users.change(Kind.SERVICE, name, new Users.Change(null, null, null, null, false), caller);
        return ResponseEntity.noContent().build();
    }
}
