package io.partita.kernels.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of a bad input. */
public final class Refusals {

    private Refusals() {
    }

    public static void assertRefused(KernelRefusal code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KernelRefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(code));
    }
}
