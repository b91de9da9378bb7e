package io.partita.member.security.rest;

import static io.partita.member.rest.Fields.required;

import io.partita.member.security.Identity;
import io.partita.member.security.SignIns;
import io.partita.member.security.Users;
import io.partita.member.security.rest.UserJson.Made;
import io.partita.member.security.rest.UserJson.One;
import io.partita.member.security.rest.UserJson.Wanted;
import io.partita.security.Principal;
import io.partita.security.Principal.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
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

@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/security/users")
final class UserController {

    private final Users users;
    private final SignIns signIns;

    UserController(Users users, SignIns signIns) {
        this.users = users;
        this.signIns = signIns;
    }

    @Operation(summary = "All users, by name")
    @GetMapping
    List<One> all(Principal caller) {
        return users.all(Kind.USER).stream().map(user -> One.of(user, null, caller)).toList();
    }

    @Operation(summary = "A user")
    @GetMapping("/{name}")
    One one(@PathVariable String name, Principal caller) {
        return One.of(users.find(Kind.USER, name), users.lockOut(name), caller);
    }

    @Operation(summary = "Make a user", description = "201 with a one-time password, shown this once. They change it at their first sign-in and can do nothing else before.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> create(@RequestBody Wanted wanted, Principal caller) {
        String name = required("name", wanted.name());
        String password = users.create(Kind.USER, name, wanted.change(), caller);
        return ResponseEntity.created(URI.create("/api/v1/security/users/" + name)).cacheControl(CacheControl.noStore()).body(new Made(one(name, caller), password));
    }

    @Operation(summary = "Change a user", description = "What is left out stays. It holds on all members within seconds. Nobody changes what they may do themselves.")
    @PatchMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    One change(@PathVariable String name, @RequestBody Wanted wanted, Principal caller) {
        Identity changed = users.change(Kind.USER, name, wanted.change(), caller);
        return One.of(changed, users.lockOut(name), caller);
    }

    @Operation(summary = "Disable a user", description = "All sessions end and all keys are refused. What they did stays under their name, so nobody is ever deleted.")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> disable(@PathVariable String name, Principal caller) {
        users.change(Kind.USER, name, new Users.Change(null, null, null, null, false), caller);
        return ResponseEntity.noContent().build();
    }

    /** What is reset. */
    @Schema(name = "PasswordReset")
    record Reset(@Schema(description = "take the second factor away, too") Boolean secondFactor) {
    }

    @Operation(summary = "Give a user a new one-time password", description = "All sessions end.")
    @PostMapping(path = "/{name}/reset-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> reset(@PathVariable String name, @RequestBody Reset reset, Principal caller) {
        String password = users.resetPassword(name, Boolean.TRUE.equals(reset.secondFactor()), caller);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Made(one(name, caller), password));
    }

    @Operation(summary = "Forget failed sign-ins of a user")
    @PostMapping("/{name}/unlock")
    ResponseEntity<Void> unlock(@PathVariable String name, Principal caller) {
        users.unlock(name, caller);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Where a user is signed in", description = "The newest first.")
    @GetMapping("/{name}/sessions")
    List<SessionJson> sessions(@PathVariable String name, Principal caller) {
        users.find(Kind.USER, name);
        return signIns.sessions(name).stream().map(session -> SessionJson.of(session, caller)).toList();
    }

    @Operation(summary = "End a session of a user")
    @DeleteMapping("/{name}/sessions/{id}")
    ResponseEntity<Void> end(@PathVariable String name, @PathVariable UUID id, Principal caller) {
        signIns.end(name, id, "ended by " + caller.name());
        return ResponseEntity.noContent().build();
    }
}
