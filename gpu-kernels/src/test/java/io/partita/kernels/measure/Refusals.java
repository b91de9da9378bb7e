package io.partita.kernels.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of a bad input. */
public final class Refusals {

    private Refusals() {
    }

    public static void assertRefused(MeasureRefusal code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MeasureException.class,
                refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
