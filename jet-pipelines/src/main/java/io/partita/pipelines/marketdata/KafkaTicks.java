package io.partita.pipelines.marketdata;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickRefusal;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Tick;
import io.partita.time.EpochNanos;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Messages, each a record in JSON or a list of them, on their way into the stream; what cannot be read becomes a dead letter. Used by one thread at a time. */
final class KafkaTicks {

    private static final int TOGETHER = 4_096;
    /** New instruments are looked for no more often. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final String source;
    private final TickStream stream;
    private final IMap<String, DeadLetter> letters;
    private final IMap<Long, MarketInstrument> listed;
    private final TickRecords records = new TickRecords(this::instrument);
    private final Map<String, MarketInstrument> instruments = new HashMap<>();
    private final List<Tick> gathered = new ArrayList<>();
    private long looked = System.nanoTime() - LOOK_NANOS;

    KafkaTicks(HazelcastInstance hazelcast, String source) {
        this.source = source;
        stream = TickStream.of(hazelcast);
        letters = hazelcast.getMap(MarketDataNames.DEAD_LETTERS);
        listed = hazelcast.getMap(MarketDataNames.INSTRUMENTS);
    }

    private Optional<MarketInstrument> instrument(String symbol) {
        if (!instruments.containsKey(symbol) && System.nanoTime() - looked >= LOOK_NANOS) {
            looked = System.nanoTime();
            listed.values().forEach(one -> instruments.put(one.symbol(), one));
        }
        return Optional.ofNullable(instruments.get(symbol));
    }

    /** Reads a message; null, with which Kafka says that a key is gone, tells nothing. */
    void take(byte[] message) throws InterruptedException {
        if (message == null) {
            return;
        }
        long now = EpochNanos.of(Instant.now());
        try {
            for (Map<String, String> record : parse(message)) {
                switch (records.read(source, record::get, now)) {
                    case TickRecords.Reading.Read read -> gathered.add(read.tick());
                    case TickRecords.Reading.Refused no -> keep(now, no.code() + ": " + no.detail(), record.toString());
                }
            }
        } catch (JacksonException unreadable) {
            keep(now, TickRefusal.MALFORMED_RECORD + ": " + unreadable.getOriginalMessage(), new String(message, StandardCharsets.UTF_8));
        }
        if (gathered.size() >= TOGETHER) {
            send();
        }
    }

    /** What was taken is in the stream when this ends; it waits while that is full. */
    void send() throws InterruptedException {
        if (!gathered.isEmpty()) {
            stream.put(TickBatch.byInstrument(gathered));
            Metrics.metric("taken").increment(gathered.size());
            gathered.clear();
        }
    }

    private void keep(long now, String detail, String record) {
        Metrics.metric("refused").increment();
        letters.set(DeadLetter.unreadKey(source, record), DeadLetter.unread(source, now, detail, record));
    }

    /** Fields by name as text, numbers as they are written. */
    private static List<Map<String, String>> parse(byte[] message) {
        List<Map<String, String>> records = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), message)) {
            boolean list = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken token = list ? json.nextToken() : json.currentToken();
            while (token == JsonToken.START_OBJECT) {
                records.add(fields(json));
                token = json.nextToken();
            }
            if (token != (list ? JsonToken.END_ARRAY : null) || !list && records.isEmpty()) {
                throw new StreamReadException(json, "A message is a record or a list of records");
            }
        }
        return records;
    }

    private static Map<String, String> fields(JsonParser json) {
        Map<String, String> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                fields.put(name, json.getString());
            }
            json.skipChildren();
        }
        return fields;
    }
}
