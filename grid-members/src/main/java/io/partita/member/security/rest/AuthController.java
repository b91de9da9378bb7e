package io.partita.member.security.rest;

import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Credentials;
import io.partita.member.security.SignIns;
import io.partita.member.security.SignIns.From;
import io.partita.member.security.SignIns.SignedIn;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
final class AuthController {

    private final SignIns signIns;
    private final Credentials credentials;

    AuthController(SignIns signIns, Credentials credentials) {
        this.signIns = signIns;
        this.credentials = credentials;
    }

    /** Who signs in. */
    @Schema(name = "SignIn")
    record SignInRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Fields.MOST_TEXT) String user,
                         @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password", maxLength = Fields.MOST_TEXT) String password,
                         @Schema(description = "of the second factor, or a recovery code") String code) {

        @Override
        public String toString() {
            return "SignInRequest[" + user + "]";
        }
    }

    /** A refresh token. */
    @Schema(name = "Refresh")
    record RefreshRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String refreshToken) {

        @Override
        public String toString() {
            return "RefreshRequest[]";
        }
    }

    /** Tokens, and whose they are. */
    @Schema(name = "SignedIn")
    record Answer(String accessToken, Instant expiresAt, String refreshToken, PrincipalJson principal, boolean mustChangePassword, boolean mustEnrolSecondFactor) {

        static ResponseEntity<Answer> of(SignedIn in) {
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Answer(in.accessToken(), in.expiresAt(), in.refreshToken(), PrincipalJson.of(in.principal()),
                    in.mustChangePassword(), in.mustEnrolSecondFactor()));
        }

        @Override
        public String toString() {
            return "Answer[" + principal + "]";
        }
    }

    @Operation(summary = "Sign in", description = "An access token for some minutes, and a refresh token to get the next one by.")
    @PostMapping(path = "/sign-in", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> signIn(@RequestBody SignInRequest request, HttpServletRequest http) {
        String user = Fields.text("user", request.user());
        String password = Fields.text("password", request.password());
        String code = request.code() == null ? null : Fields.text("code", request.code());
        return unlocked(() -> Answer.of(signIns.signIn(user, password, code, new From(http.getRemoteAddr(), http.getHeader(HttpHeaders.USER_AGENT)))));
    }

    private static <T> T unlocked(Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (SignIns.Locked locked) {
            throw RequestProblem.of(SecurityRefusal.SIGN_IN_LOCKED, "No attempt is looked at for " + locked.seconds() + " s.").after(locked.seconds());
        }
    }

    @Operation(summary = "Stay signed in", description = "New tokens in place of the old ones. A refresh token works once: using it again ends the session.")
    @PostMapping(path = "/refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> refresh(@RequestBody RefreshRequest request) {
        return Answer.of(signIns.refresh(Fields.text("refreshToken", request.refreshToken())));
    }

    @Operation(summary = "Sign out", description = "Ends the session whose access token is presented.")
    @PostMapping("/sign-out")
    ResponseEntity<Void> signOut(Principal caller) {
        signIns.end(session(caller), "signed out");
        return ResponseEntity.noContent().build();
    }

    /** A new password. */
    @Schema(name = "NewPassword")
    record PasswordRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") String current,
                           @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password", description = "12 to 128 characters") String next) {

        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    @Operation(summary = "Change your password", description = "All other sessions of yours end.")
    @PostMapping(path = "/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> password(@RequestBody PasswordRequest request, Principal caller) {
        UUID session = session(caller);
        String current = Fields.text("current", request.current());
        String next = Fields.text("next", request.next());
        return unlocked(() -> {
            credentials.changePassword(caller, session, current, next);
            return ResponseEntity.noContent().build();
        });
    }

    /** What an app makes codes of; shown once. */
    @Schema(name = "SecondFactor")
    record EnrolmentAnswer(String secret, @Schema(description = "to be shown as a QR code") String uri) {

        @Override
        public String toString() {
            return "EnrolmentAnswer[]";
        }
    }

    @Operation(summary = "Begin with a second factor", description = "A secret for an app that makes codes by time (RFC 6238). It is not asked for before it was confirmed.")
    @PostMapping("/second-factor")
    ResponseEntity<EnrolmentAnswer> enrol(Principal caller) {
        changed(caller);
        Credentials.Enrolment enrolment = credentials.enrol(caller);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new EnrolmentAnswer(enrolment.secret(), enrolment.uri()));
    }

    /** A code of the app. */
    @Schema(name = "Code")
    record CodeRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String code) {
    }

    /** Recovery codes; shown once. */
    @Schema(name = "RecoveryCodes")
    record RecoveryAnswer(List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RecoveryAnswer[]";
        }
    }

    @Operation(summary = "Confirm the second factor by a code of the app", description = "From now on it is asked for. Each of the recovery codes is good for one sign-in without the app.")
    @PostMapping(path = "/second-factor/confirm", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RecoveryAnswer> confirm(@RequestBody CodeRequest request, Principal caller) {
        changed(caller);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new RecoveryAnswer(credentials.confirm(caller, Fields.text("code", request.code()))));
    }

    /** A password. */
    @Schema(name = "Password")
    record Proof(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") String password) {

        @Override
        public String toString() {
            return "Proof[]";
        }
    }

    @Operation(summary = "Take the second factor away")
    @DeleteMapping(path = "/second-factor", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> withdraw(@RequestBody Proof request, Principal caller) {
        changed(caller);
        String password = Fields.text("password", request.password());
        return unlocked(() -> {
            credentials.withdraw(caller, password);
            return ResponseEntity.noContent().build();
        });
    }

    /** Somebody who has signed in here and has no password of somebody else's making. */
    private void changed(Principal caller) {
        session(caller);
        signIns.checkPassword(caller);
    }

    @Operation(summary = "Where you are signed in", description = "The newest first.")
    @GetMapping("/sessions")
    List<SessionJson> sessions(Principal caller) {
        signIns.checkUnrestricted(caller);
        return signIns.sessions(caller.name()).stream().map(session -> SessionJson.of(session, caller)).toList();
    }

    @Operation(summary = "End a session of yours")
    @DeleteMapping("/sessions/{id}")
    ResponseEntity<Void> end(@PathVariable UUID id, Principal caller) {
        signIns.checkUnrestricted(caller);
        signIns.end(caller.name(), id, "ended from another session");
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Who asks")
    @GetMapping("/me")
    Me me(Principal caller) {
        return signIns.identity(caller).map(identity -> new Me(PrincipalJson.of(caller), identity.mustChange(), signIns.mustEnrol(identity), identity.secondFactor(),
                identity.secondFactor() ? credentials.recoveryCodesLeft(caller) : 0)).orElseGet(() -> new Me(PrincipalJson.of(caller), false, false, false, 0));
    }

    /** The one who asks, and what they have to do yet. */
    @Schema(name = "Me")
    record Me(PrincipalJson principal, boolean mustChangePassword, boolean mustEnrolSecondFactor, boolean secondFactor, int recoveryCodesLeft) {
    }

    /** The session of somebody who has signed in here. */
    static UUID session(Principal caller) {
        try {
            return UUID.fromString(caller.session());
        } catch (IllegalArgumentException key) {
            throw RequestProblem.of(SecurityRefusal.FORBIDDEN, "That is for people who have signed in here, not for API keys and tokens of other issuers.");
        }
    }
}
