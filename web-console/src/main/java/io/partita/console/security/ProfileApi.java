package io.partita.console.security;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One's own password, second factor and sessions. Thread-safe; calls block. */
@Component
class ProfileApi {

    private final MemberApi api;

    ProfileApi(MemberApi api) {
        this.api = api;
    }

    /** Where somebody is signed in. @param current whether it is this one */
    record Session(String id, Instant createdAt, Instant expiresAt, Instant refreshedAt, String address, String agent, boolean current) {
    }

    /** What an app makes codes of. */
    record Enrolment(String secret, String uri) {

        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }

    /** Codes for when the app is lost. */
    record RecoveryCodes(List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RecoveryCodes[]";
        }
    }

    Answer<String> changePassword(String current, String next) {
        return api.post("/auth/password", Map.of("current", current, "next", next), String.class);
    }

    Answer<Enrolment> enrol() {
        return api.post("/auth/second-factor", Map.of(), Enrolment.class);
    }

    Answer<RecoveryCodes> confirm(String code) {
        return api.post("/auth/second-factor/confirm", Map.of("code", code), RecoveryCodes.class);
    }

    Answer<String> withdraw(String password) {
        return api.delete("/auth/second-factor", Map.of("password", password), String.class);
    }

    Answer<List<Session>> sessions() {
        return api.get("/auth/sessions", Session[].class).map(Arrays::asList);
    }

    Answer<String> end(String session) {
        return api.delete("/auth/sessions/" + session, Query.NONE, String.class);
    }
}
