package io.partita.pipelines.marketdata;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.kafka.KafkaSources;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.StreamSource;
import io.partita.marketdata.stream.TickRecords;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOption;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.StreamJob;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic of Kafka as a source of ticks. The value of a message is a record in JSON, as REST takes it, or a list of them; keys are not looked at.
 *
 * <pre>
 * topic ──────────► into the stream      rings ticks-0 to ticks-7, dead-letters
 * (each partition   (waits while it is full)
 *  in its order)
 * </pre>
 *
 * <p><b>Guarantee:</b> at least once, and exactly once for ticks with numbers, for whoever reads by them as the job {@code bars} does: what each partition was read up
 * to is in the snapshot. Ticks of one instrument keep their order if they are in one partition.
 */
public final class KafkaPipeline implements StreamJob {

    private static final List<String> FROM = List.of("latest", "earliest");

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "A topic of Kafka, as ticks into the stream";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("servers", "", "brokers to begin with, host:port between commas"),
                new JobOption("topic", "", "the topic to read"),
                new JobOption("source", "kafka", "what its ticks are called in the stream"),
                new JobOption("from", "latest", "where to begin: latest or earliest"));
    }

    @Override
    public Pipeline pipeline(JobOptions options) {
        String source = options.text("source");
        if (!TickRecords.isSource(source)) {
            throw new IllegalArgumentException("source " + TickRecords.SOURCE_RULE);
        }
        Pipeline pipeline = Pipeline.create();
        // A partition stays with one thread, from the broker into the stream.
        pipeline.setPreserveOrder(true).readFrom(topic(options)).withoutTimestamps().setLocalParallelism(1).writeTo(stream(source));
        return pipeline;
    }

    private static StreamSource<byte[]> topic(JobOptions options) {
        Properties client = new Properties();
        client.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, required(options, "servers"));
        client.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        client.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        if (!FROM.contains(options.text("from"))) {
            throw new IllegalArgumentException("from is one of " + FROM);
        }
        client.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, options.text("from"));
        return KafkaSources.<byte[], byte[], byte[]>kafka(client, ConsumerRecord::value, required(options, "topic"));
    }

    private static String required(JobOptions options, String name) {
        if (options.text(name).isBlank()) {
            throw new IllegalArgumentException(name + " must be said");
        }
        return options.text(name).strip();
    }

    static Sink<byte[]> stream(String source) {
        return SinkBuilder.sinkBuilder("into the stream", context -> new KafkaTicks(context.hazelcastInstance(), source))
                .<byte[]>receiveFn(KafkaTicks::take).flushFn(KafkaTicks::send).preferredLocalParallelism(1).build();
    }

    /** Submits the job to the cluster that the jar was handed to. */
    public static void main(String[] words) {
        HazelcastInstance hazelcast = Hazelcast.bootstrappedInstance();
        JobClient.of(hazelcast).submitOrThrow(new KafkaPipeline(), words);
    }
}
