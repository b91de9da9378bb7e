package io.partita.kernels.tornado;

import io.partita.kernels.Checks;
import io.partita.kernels.CpuEngine;
import io.partita.kernels.Draws;
import io.partita.kernels.KernelEngine;
import io.partita.kernels.OptionBook;
import io.partita.kernels.OptionTerms;
import io.partita.kernels.Portfolio;
import io.partita.kernels.Precision;
import io.partita.kernels.Scenarios;
import io.partita.kernels.Sensitivities;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The engine on a device: profits in single precision. What a device does not do is done by the processor's engine: double precision,
 * quasi-random numbers, trees of American options, and the few scenarios of a tail. One run at a time.
 *
 * <p>Sizes are compiled into kernels, so that a run of the sizes of the last one uses its plan again, and another makes a new one.
 */
final class TornadoEngine implements KernelEngine {

    /** An array of a device is counted in bytes by an int. */
    private static final long MOST_NUMBERS = Integer.MAX_VALUE / 8;
    /** Of a device's memory, for all but the two large arrays: normal numbers and moves. */
    private static final long RESERVE = 1 << 26;

    private final CpuEngine processor;
    private final String device;
    private final long mostNumbers;
    private Plan plan;

    private TornadoEngine(CpuEngine processor, String device, long mostNumbers) {
        this.processor = processor;
        this.device = device;
        this.mostNumbers = mostNumbers;
    }

    /** Starts on the default device, and computes something small with each kernel on it: a driver that fails does so now. */
    static TornadoEngine start() {
        TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        long bytes = Math.min(device.getMaxAllocMemory(), (device.getMaxGlobalMemory() - RESERVE) / 2);
        TornadoEngine engine = new TornadoEngine(CpuEngine.onAllCores(), device.getPhysicalDevice().getDeviceName().strip() + " ("
                + device.getPlatformName() + ") by TornadoVM", Math.min(MOST_NUMBERS, bytes / Float.BYTES - 1));
        try {
            engine.tryOut();
        } catch (RuntimeException | LinkageError e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    private void tryOut() {
        Scenarios scenarios = new Scenarios.Simulated(256, 1, new double[] {0.1}, new double[1], 1, Draws.PSEUDO_RANDOM);
        int[] factor = new int[1];
        tryOut(scenarios, Sensitivities.of(1, 1, new double[] {1}, new double[] {1}));
        tryOut(scenarios, new OptionBook(1, 0, new double[] {1}, new int[] {1}, new int[1], new double[] {1}, new double[] {1}, new double[] {1}, new double[1],
                new double[1], new double[] {0.2}, factor, factor, factor, 3));
    }

    private void tryOut(Scenarios scenarios, Portfolio portfolio) {
        double[] expected = processor.profits(scenarios, portfolio, Precision.SINGLE);
        double[] found = profits(scenarios, portfolio, Precision.SINGLE);
        for (int s = 0; s < found.length; s++) {
            if (!(Math.abs(found[s] - expected[s]) < 1e-5)) {
                throw new IllegalStateException("scenario " + s + " is " + found[s] + " on " + device + " and " + expected[s] + " on the processor");
            }
        }
    }

    @Override
    public String description() {
        return device;
    }

    @Override
    public double[] profits(Scenarios scenarios, Portfolio portfolio, Precision precision) {
        KernelEngine.check(scenarios, portfolio);
        if (precision == Precision.DOUBLE || !fits(scenarios) || !fits(portfolio)) {
            return processor.profits(scenarios, portfolio, precision);
        }
        synchronized (this) {
            return Checks.finite(onDevice(scenarios, portfolio), "profit");
        }
    }

    private boolean fits(Scenarios scenarios) {
        boolean known = !(scenarios instanceof Scenarios.Simulated simulated) || simulated.draws() != Draws.QUASI_RANDOM;
        return known && (scenarios.factors() + 1L) * scenarios.count() <= mostNumbers;
    }

    private static boolean fits(Portfolio portfolio) {
        return portfolio.positions() > 0 && !(portfolio instanceof OptionBook book && book.americans() > 0);
    }

    private double[] onDevice(Scenarios scenarios, Portfolio portfolio) {
        Shape shape = new Shape(scenarios.count(), scenarios.factors(), portfolio.positions(), scenarios instanceof Scenarios.Simulated,
                portfolio instanceof OptionBook);
        if (plan == null || !plan.shape.equals(shape)) {
            release();
            plan = new Plan(shape);
        }
        return plan.run(scenarios, portfolio);
    }

    @Override
    public double[] moves(Scenarios scenarios, int[] chosen) {
        return processor.moves(scenarios, chosen);
    }

    @Override
    public double[] gains(Scenarios scenarios, Portfolio portfolio, int[] chosen) {
        return processor.gains(scenarios, portfolio, chosen);
    }

    private void release() {
        if (plan != null) {
            plan.close();
            plan = null;
        }
    }

    @Override
    public synchronized void close() {
        release();
        processor.close();
    }

    /** What is compiled into kernels. */
    private record Shape(int count, int factors, int positions, boolean simulated, boolean options) {
    }

    /** Arrays and kernels for runs of one shape. */
    private static final class Plan {

        private final Shape shape;
        private final IntArray settings = new IntArray(DeviceKernels.SETTINGS);
        private final FloatArray lower;
        private final FloatArray drift;
        private final FloatArray z;
        private final FloatArray x;
        private final FloatArray first;
        private final FloatArray second;
        private final IntArray spotFactor;
        private final IntArray volatilityFactor;
        private final IntArray rateFactor;
        private final FloatArray profits;
        private final TornadoExecutionPlan execution;

        Plan(Shape shape) {
            this.shape = shape;
            int n = shape.factors;
            this.lower = new FloatArray(n * n);
            this.drift = new FloatArray(n);
            this.z = new FloatArray(n * shape.count);
            this.x = new FloatArray((n + 1) * shape.count);
            this.x.init(0);
            this.first = new FloatArray(shape.options ? 6 * shape.positions : n);
            this.second = new FloatArray(shape.options ? shape.positions : n * n);
            this.spotFactor = new IntArray(shape.positions);
            this.volatilityFactor = new IntArray(shape.positions);
            this.rateFactor = new IntArray(shape.positions);
            this.profits = new FloatArray(shape.count);
            this.execution = new TornadoExecutionPlan(graph().snapshot());
        }

        private TaskGraph graph() {
            TaskGraph graph = new TaskGraph("var").transferToDevice(DataTransferMode.EVERY_EXECUTION, first, second);
            if (shape.simulated) {
                // The row of zeros goes there once; kernels write all others.
                graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, x, z)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, settings, lower, drift)
                        .task("normals", DeviceKernels::normals, settings, z, shape.count, shape.factors)
                        .task("correlate", DeviceKernels::correlate, lower, drift, z, x, shape.count, shape.factors);
            } else {
                graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, x);
            }
            if (shape.options) {
                graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, spotFactor, volatilityFactor, rateFactor)
                        .task("options", DeviceKernels::options, first, second, spotFactor, volatilityFactor, rateFactor, x, profits, shape.count,
                                shape.positions);
            } else {
                graph.task("sensitivities", DeviceKernels::sensitivities, first, second, x, profits, shape.count, shape.factors);
            }
            return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, profits);
        }

        double[] run(Scenarios scenarios, Portfolio portfolio) {
            switch (scenarios) {
                case Scenarios.Simulated simulated -> set(simulated);
                case Scenarios.Given given -> set(given);
            }
            switch (portfolio) {
                case Sensitivities book -> {
                    set(first, OptionTerms.rounded(book.linear()));
                    set(second, OptionTerms.rounded(book.curved()));
                }
                case OptionBook book -> set(book);
            }
            execution.execute();
            double[] result = new double[shape.count];
            Arrays.setAll(result, profits::get);
            return result;
        }

        private void set(Scenarios.Simulated simulated) {
            settings.set(DeviceKernels.SEED0, (int) simulated.seed());
            settings.set(DeviceKernels.SEED1, (int) (simulated.seed() >> 32));
            settings.set(DeviceKernels.HALF, simulated.half());
            set(lower, OptionTerms.rounded(simulated.lower()));
            set(drift, OptionTerms.rounded(simulated.drift()));
        }

        private void set(Scenarios.Given given) {
            for (int s = 0; s < shape.count; s++) {
                for (int i = 0; i < shape.factors; i++) {
                    x.set(i * shape.count + s, (float) given.moves()[s * shape.factors + i]);
                }
            }
        }

        private void set(OptionBook book) {
            OptionTerms terms = OptionTerms.of(book);
            set(first, terms.terms());
            set(second, terms.worth());
            for (int p = 0; p < shape.positions; p++) {
                spotFactor.set(p, book.spotFactor()[p]);
                volatilityFactor.set(p, book.volatilityFactor()[p] == OptionBook.NONE ? shape.factors : book.volatilityFactor()[p]);
                rateFactor.set(p, book.rateFactor()[p] == OptionBook.NONE ? shape.factors : book.rateFactor()[p]);
            }
        }

        private static void set(FloatArray array, float[] values) {
            for (int i = 0; i < values.length; i++) {
                array.set(i, values[i]);
            }
        }

        void close() {
            try {
                execution.close();
            } catch (TornadoExecutionPlanException e) {
                throw new IllegalStateException("A device did not give its memory back", e);
            }
        }
    }
}
