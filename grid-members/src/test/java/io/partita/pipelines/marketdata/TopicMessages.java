package io.partita.pipelines.marketdata;

import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.test.TestSources;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The road of messages into the stream, for want of a broker without their topic. */
public final class TopicMessages {

    private TopicMessages() {
    }

    public static Pipeline of(String source, String... messages) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(TestSources.items(Stream.of(messages).map(message -> message.getBytes(StandardCharsets.UTF_8)).toList()))
                .writeTo(KafkaPipeline.stream(source));
        return pipeline;
    }
}
