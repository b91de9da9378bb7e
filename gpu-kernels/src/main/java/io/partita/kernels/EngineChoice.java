package io.partita.kernels;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Which engine serves: one for a device if its runtime is there and a provider of it starts, the processor otherwise.
 *
 * @param engine the engine; whoever chose it closes it
 * @param reason a line for the log: which serves, on what, and why no other does
 */
public record EngineChoice(KernelEngine engine, String reason) {

    /** What TornadoVM's launcher sets; without it, loading its classes fails. */
    static final String RUNTIME = "tornado.load.runtime.implementation";

    /** Chooses by what this process was started with. */
    public static EngineChoice make() {
        return make(System.getProperty(RUNTIME) != null, () -> ServiceLoader.load(DeviceEngineProvider.class).iterator());
    }

    /** The same with the runtime's presence and the providers given. */
    static EngineChoice make(boolean runtime, Supplier<Iterator<DeviceEngineProvider>> providers) {
        if (!runtime) {
            return processor("no device runtime was started with this process (-D" + RUNTIME + " is not set)");
        }
        String why = "no engine for devices is on the class path";
        try {
            Iterator<DeviceEngineProvider> found = providers.get();
            if (found.hasNext()) {
                KernelEngine engine = found.next().start();
                return new EngineChoice(engine, "Kernels run on " + engine.description() + "; the processor is not needed");
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            why = "the engine for devices did not start: " + e;
        }
        return processor(why);
    }

    private static EngineChoice processor(String why) {
        KernelEngine engine = CpuEngine.onAllCores();
        return new EngineChoice(engine, "Kernels run on " + engine.description() + ": " + why);
    }
}
