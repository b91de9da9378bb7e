package io.partita.kernels;

/** What a jar with an engine for devices brings, as a service. */
public interface DeviceEngineProvider {

    /** Starts it, or throws an exception that says why it cannot. Called once. */
    KernelEngine start();
}
