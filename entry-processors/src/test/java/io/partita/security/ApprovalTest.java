package io.partita.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.security.Approval.State;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Approval ASKED = Approval.asked(new UUID(1, 2), ApprovalKind.LIMIT_CHANGE, "house-var", "{}", "ada", NOW);

    private static void refuses(SecurityRefusal code, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(SecurityRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void somebody_else_agrees_and_it_is_carried_out() {
        Approval approved = ASKED.decided(true, "bob", "as discussed", NOW.plusSeconds(60));
        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(approved.checker()).isEqualTo("bob");
        assertThat(approved.carriedOut(true, "200").state()).isEqualTo(State.EXECUTED);
        assertThat(approved.carriedOut(false, "LEVELS_REVERSED").outcome()).isEqualTo("LEVELS_REVERSED");
        assertThatThrownBy(() -> approved.carriedOut(true, "").carriedOut(true, "")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ASKED.carriedOut(true, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobody_decides_on_what_they_asked_for_themselves_not_even_against_it() {
        refuses(SecurityRefusal.MAKER_IS_CHECKER, () -> ASKED.decided(true, "ada", "", NOW));
        refuses(SecurityRefusal.MAKER_IS_CHECKER, () -> ASKED.decided(false, "ada", "", NOW));
    }

    @Test
    void it_is_decided_once() {
        Approval rejected = ASKED.decided(false, "bob", "no", NOW);
        assertThat(rejected.state()).isEqualTo(State.REJECTED);
        refuses(SecurityRefusal.APPROVAL_DECIDED, () -> rejected.decided(true, "cleo", "yes", NOW));
        refuses(SecurityRefusal.APPROVAL_DECIDED, () -> ASKED.decided(true, "bob", "", NOW).decided(true, "cleo", "", NOW));
    }

    @Test
    void nobody_agrees_to_it_after_three_days() {
        assertThat(ASKED.decided(true, "bob", "", NOW.plus(Approval.LIFE).minusNanos(1)).state()).isEqualTo(State.APPROVED);
        refuses(SecurityRefusal.APPROVAL_EXPIRED, () -> ASKED.decided(true, "bob", "", NOW.plus(Approval.LIFE)));
        refuses(SecurityRefusal.APPROVAL_EXPIRED, () -> ASKED.expired().decided(true, "bob", "", NOW));
    }
}
