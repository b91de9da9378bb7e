package io.partita.kernels.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.kernels.RiskRefusal;
import io.partita.kernels.RiskRefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of a bad input. */
public final class Refusals {

    private Refusals() {
    }

    public static void assertRefused(RiskRefusal code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RiskRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(code));
    }
}
