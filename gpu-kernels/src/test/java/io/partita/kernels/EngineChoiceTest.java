package io.partita.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

    private static void expectProcessor(boolean runtime, Supplier<Iterator<DeviceEngineProvider>> providers, String why) {
        EngineChoice choice = EngineChoice.make(runtime, providers);
        try (KernelEngine engine = choice.engine()) {
            assertThat(engine).isInstanceOf(CpuEngine.class);
            assertThat(choice.reason()).contains("Kernels run on CPU", why);
        }
    }

    @Test
    void without_a_device_runtime_no_provider_is_even_looked_for() {
        AtomicInteger asked = new AtomicInteger();
        expectProcessor(false, () -> {
            asked.incrementAndGet();
            return List.<DeviceEngineProvider>of().iterator();
        }, "-Dtornado.load.runtime.implementation is not set");
        assertThat(asked).hasValue(0);
    }

    @Test
    void without_a_provider_the_processor_serves() {
        expectProcessor(true, () -> List.<DeviceEngineProvider>of().iterator(), "no engine for devices is on the class path");
    }

    @Test
    void a_provider_that_does_not_start_is_asked_once_and_its_reason_told() {
        AtomicInteger asked = new AtomicInteger();
        expectProcessor(true, () -> List.<DeviceEngineProvider>of(() -> {
            asked.incrementAndGet();
            throw new UnsatisfiedLinkError("no driver");
        }).iterator(), "no driver");
        assertThat(asked).hasValue(1);
        expectProcessor(true, () -> List.<DeviceEngineProvider>of(() -> {
            throw new IllegalStateException("no device");
        }).iterator(), "no device");
    }

    @Test
    void a_provider_that_cannot_be_loaded_leaves_the_processor() {
        expectProcessor(true, () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("broken service file");
            }

            @Override
            public DeviceEngineProvider next() {
                throw new AssertionError("there is none");
            }
        }, "broken service file");
    }

    @Test
    void a_device_serves_if_it_starts() {
        KernelEngine device = CpuEngine.of(1);
        EngineChoice choice = EngineChoice.make(true, () -> List.<DeviceEngineProvider>of(() -> device).iterator());
        try (KernelEngine engine = choice.engine()) {
            assertThat(engine).isSameAs(device);
            assertThat(choice.reason()).contains(device.description());
        }
    }

    @Test
    void this_process_runs_on_its_processor_unless_it_was_started_with_a_device_runtime() {
        EngineChoice choice = EngineChoice.make();
        try (KernelEngine engine = choice.engine()) {
            assertThat(engine instanceof CpuEngine).as(choice.reason()).isEqualTo(System.getProperty(EngineChoice.RUNTIME) == null);
            assertThat(choice.reason()).contains(engine.description());
        }
    }
}
