package io.partita.member.streams;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.stream.TickRecords;
import io.partita.marketdata.stream.TickRefusal;
import io.partita.marketdata.stream.TickStream;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Tick;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.time.EpochNanos;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Takes records that somebody pushes: those that can be read go into the stream, the others to the dead letters; each is told. Thread-safe. */
final class TickIntake {

    static final int MOST = 10_000;

    private final TickStream stream;
    private final IMap<String, DeadLetter> letters;
    private final TickRecords records;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Counter taken;

    /** A record that was not taken. */
    record RefusedRecord(int index, TickRefusal code, String detail) {
    }

    /** What became of a request. */
    record Taken(int taken, List<RefusedRecord> refused) {
    }

    TickIntake(TickStream stream, HazelcastInstance hazelcast, Function<String, Optional<Listing>> listings, InstantSource clock, MeterRegistry meters) {
        this.stream = stream;
        letters = hazelcast.getMap(MarketDataNames.DEAD_LETTERS);
        records = new TickRecords(symbol -> listings.apply(symbol).map(BookFeed::instrument));
        this.clock = clock;
        this.meters = meters;
        taken = Counter.builder("partita.ticks.taken").description("records of requests that went into the stream of ticks").register(meters);
    }

    /** What somebody pushes, over whatever road. @throws RequestProblem if the stream takes nothing now, or it is no request for it */
    Taken push(String named, List<JsonNode> given) {
        String source = Fields.required("source", named);
        if (!TickRecords.isSource(source)) {
            throw RequestProblem.field("source", TickRecords.SOURCE_RULE);
        }
        List<JsonNode> ticks = Fields.required("ticks", given);
        if (ticks.isEmpty() || ticks.size() > MOST) {
            throw RequestProblem.field("ticks", "are 1 to " + MOST);
        }
        return take(source, ticks);
    }

    /** @throws RequestProblem if the stream takes nothing now */
    private Taken take(String source, List<JsonNode> given) {
        long now = EpochNanos.of(clock.instant());
        List<Tick> ticks = new ArrayList<>(given.size());
        List<RefusedRecord> refused = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            JsonNode record = given.get(i);
            switch (records.read(source, name -> text(record, name), now)) {
                case TickRecords.Reading.Read read -> ticks.add(read.tick());
                case TickRecords.Reading.Refused no -> refused.add(new RefusedRecord(i, no.code(), no.detail()));
            }
        }
        try {
            if (!ticks.isEmpty() && stream.offer(TickBatch.byInstrument(ticks)) == TickStream.Outcome.FULL) {
                throw RequestProblem.of(RequestCode.STREAM_FULL, ticks.size() + " ticks");
            }
            refused.forEach(each -> keep(source, now, each, given.get(each.index())));
        } catch (HazelcastException | HazelcastInstanceNotActiveException | CompletionException unavailable) {
            throw RequestProblem.of(RequestCode.STREAMS_UNAVAILABLE, "Whether the ticks were taken is not known; with numbers they can be sent again.");
        }
        taken.increment(ticks.size());
        return new Taken(ticks.size(), refused);
    }

    private static String text(JsonNode record, String name) {
        JsonNode field = record == null || !record.isObject() ? null : record.get(name);
        return field == null || field.isNull() ? null : field.isValueNode() ? field.asString() : field.toString();
    }

    private void keep(String source, long now, RefusedRecord refused, JsonNode record) {
        String text = String.valueOf(record);
        Counter.builder("partita.ticks.refused").tag("code", refused.code().name()).description("records of requests that could not be read").register(meters)
                .increment();
        letters.set(DeadLetter.unreadKey(source, text), DeadLetter.unread(source, now, refused.code() + ": " + refused.detail(), text));
    }
}
