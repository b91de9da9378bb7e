package io.partita.kernels.tornado;

import io.partita.kernels.DeviceEngineProvider;
import io.partita.kernels.KernelEngine;

/** Starts the engine on TornadoVM's default device. */
public final class TornadoEngineProvider implements DeviceEngineProvider {

    /** What keeps a kernel that does not build from running as plain Java without a word. */
    private static final String BAILOUT = "tornado.recover.bailout";

    @Override
    public KernelEngine start() {
        if (!"false".equalsIgnoreCase(System.getProperty(BAILOUT))) {
            throw new IllegalStateException("-D" + BAILOUT + "=False is missing: a kernel that does not build would run on the processor unnoticed");
        }
        return TornadoEngine.start();
    }
}
