package io.partita.member.security;

import static io.partita.member.security.People.PASSWORD;
import static io.partita.member.security.People.refused;
import static io.partita.member.security.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.AdjustableClock;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A house in which everybody needs a second factor, over real HTTP. */
class SecondFactorRequiredTest {

    private static final AdjustableClock CLOCK = new AdjustableClock();
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.security.second-factor", "required"), CLOCK);
    private static final People PEOPLE = new People(MEMBER);

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void whoever_has_no_second_factor_can_do_nothing_but_enrol_one() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        Answer in = signedIn(PEOPLE.signIn(ada, PASSWORD));
        assertThat(in.text("mustEnrolSecondFactor")).isEqualTo("true");
        assertThat(in.json().at("/principal/permissions").size()).isZero();
        String token = in.text("accessToken");
        refused(PEOPLE.get(token, "/api/v1/instruments"), 403, "FORBIDDEN");

        String secret = PEOPLE.post(token, "/api/v1/auth/second-factor", "").text("secret");
        assertThat(PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"" + People.code(secret, CLOCK.instant()) + "\"}").status()).isEqualTo(200);
        refused(PEOPLE.signIn(ada, PASSWORD), 401, "SECOND_FACTOR_REQUIRED");
        CLOCK.advance(Duration.ofSeconds(30));
        Answer again = signedIn(PEOPLE.signIn(ada, PASSWORD, People.code(secret, CLOCK.instant())));
        assertThat(again.text("mustEnrolSecondFactor")).isEqualTo("false");
        assertThat(PEOPLE.get(again.text("accessToken"), "/api/v1/instruments").status()).isEqualTo(200);
    }

    @Test
    void keys_of_programs_have_none_and_need_none() {
        assertThat(PEOPLE.get(PEOPLE.operator(), "/api/v1/instruments").status()).isEqualTo(200);
    }
}
