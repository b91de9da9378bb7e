package io.partita.pipelines.marketdata;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickStream;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A simulated market as a source of ticks, called {@code simulator}: the same seed makes the same market.
 *
 * <pre>
 * market ──────► into the stream      rings ticks-0 to ticks-7
 * (one member)   (waits while it is full)
 * </pre>
 *
 * <p><b>Guarantee:</b> exactly once for whoever reads by numbers, as the job {@code bars} does: the market's state is in the snapshot, and what is said again after a
 * restore has the same numbers.
 */
public final class SimulatorPipeline implements StreamJob {

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public String summary() {
        return "A simulated market of listed instruments, as ticks into the stream";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("symbols", "", "listed instruments, between commas; all unless said"),
                new JobOption("seed", "1", "the same seed makes the same market"),
                new JobOption("start", "100", "the price that each begins with"),
                new JobOption("trades", "5", "a second, of each"),
                new JobOption("volatility", "0.02", "deviation of the returns of a day"),
                new JobOption("speed", "1", "times as quickly as a real market, up to 1000"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        SimulatedSource.Settings settings = new SimulatedSource.Settings(TimeUnit.SECONDS.toNanos(System.currentTimeMillis() / 1_000),
                new ArrayList<>(options.words("symbols")), Math.round(options.number("seed", -1e15, 1e15)),
                Double.toString(options.number("start", 0.01, 1e6)), options.number("trades", 0, 10_000), options.number("volatility", 0, 0.5),
                options.number("speed", 0.01, 1_000));
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(SimulatedSource.of(settings)).withoutTimestamps().writeTo(stream());
        return pipeline;
    }

    /** Waits as long as the stream is full, which holds the market up. */
    private static Sink<List<TickBatch>> stream() {
        return SinkBuilder.sinkBuilder("into the stream", context -> TickStream.of(context.hazelcastInstance()))
                .<List<TickBatch>>receiveFn(TickStream::put).preferredLocalParallelism(1).build();
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new SimulatorPipeline(), words);
    }
}
