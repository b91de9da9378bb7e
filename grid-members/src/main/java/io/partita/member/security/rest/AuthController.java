package io.partita.member.security.rest;

import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
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
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
final class AuthController {

    private final SignIns signIns;

    AuthController(SignIns signIns) {
        this.signIns = signIns;
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
        try {
            return Answer.of(signIns.signIn(user, password, code, new From(http.getRemoteAddr(), http.getHeader(HttpHeaders.USER_AGENT))));
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

    /** The session of somebody who has signed in here. */
    static UUID session(Principal caller) {
        try {
            return UUID.fromString(caller.session());
        } catch (IllegalArgumentException key) {
            throw RequestProblem.of(SecurityRefusal.FORBIDDEN, "That is for people who have signed in here, not for API keys and tokens of other issuers.");
        }
    }
}
