package io.partita.ledger.shard;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.tracing.Tracing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Processors for shards of one tray, each for its own, in one call: what a call costs the grid is more than what most processors do.
 * Backups get those that concern them.
 *
 * @param <R> what each processor answers
 */
public final class OnShards<R> implements EntryProcessor<Integer, ShardTray, OnShards.Answers<R>>, IdentifiedDataSerializable,
        HazelcastInstanceAware {

    private final Map<Integer, EntryProcessor<Integer, Shard, R>> processors = new LinkedHashMap<>();
    private String trace;
    private transient Tracing tracing = Tracing.NONE;

    /** Of nothing that is recorded. */
    public OnShards() {
        this(null);
    }

    /** @param trace the place in a trace as part of which this is done; null if none is recorded */
    public OnShards(String trace) {
        this.trace = trace;
    }

    /** Has a shard of the tray processed too. */
    public void add(int shard, EntryProcessor<Integer, Shard, R> processor) {
        processors.put(shard, processor);
    }

    /** The numbers of the shards. */
    public Iterable<Integer> shards() {
        return processors.keySet();
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        if (trace != null) {
            tracing = Tracing.of(hazelcast);
        }
        processors.values().forEach(processor -> {
            if (processor instanceof HazelcastInstanceAware aware) {
                aware.setHazelcastInstance(hazelcast);
            }
        });
    }

    @Override
    public Answers<R> process(Map.Entry<Integer, ShardTray> entry) {
        if (trace == null) {
            return processed(entry);
        }
        try (Tracing.Span span = tracing.open("ledger shards", trace, List.of())) {
            processors.values().stream().findFirst().ifPresent(first -> span.tag("partita.processor", first.getClass().getSimpleName()));
            span.tag("partita.tray", entry.getKey()).tag("partita.shards", processors.size());
            return processed(entry);
        }
    }

    private Answers<R> processed(Map.Entry<Integer, ShardTray> entry) {
        ShardTray tray = entry.getValue() == null ? new ShardTray() : entry.getValue();
        Answers<R> answers = new Answers<>();
        boolean changed = false;
        for (Map.Entry<Integer, EntryProcessor<Integer, Shard, R>> each : processors.entrySet()) {
            Place place = new Place(tray, each.getKey());
            answers.byShard.put(each.getKey(), each.getValue().process(place));
            changed |= place.changed;
        }
        if (changed) {
            entry.setValue(tray);
        }
        return answers;
    }

    @Override
    public EntryProcessor<Integer, ShardTray, Answers<R>> getBackupProcessor() {
        OnShards<R> backups = new OnShards<>(trace);
        processors.forEach((shard, processor) -> {
            EntryProcessor<Integer, Shard, R> backup = processor.getBackupProcessor();
            if (backup != null) {
                backups.add(shard, backup);
            }
        });
        return backups.processors.isEmpty() ? null : backups;
    }

    @Override
    public int getFactoryId() {
        return ShardSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return ShardSerialization.ON_SHARDS;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(trace);
        writeMap(out, processors);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        trace = in.readString();
        readMap(in, processors);
    }

    private static void writeMap(ObjectDataOutput out, Map<Integer, ?> byShard) throws IOException {
        out.writeShort(byShard.size());
        for (Map.Entry<Integer, ?> each : byShard.entrySet()) {
            out.writeShort(each.getKey());
            out.writeObject(each.getValue());
        }
    }

    private static <T> void readMap(ObjectDataInput in, Map<Integer, T> byShard) throws IOException {
        for (int count = in.readShort(); count > 0; count--) {
            int shard = in.readShort();
            byShard.put(shard, in.readObject());
        }
    }

    /** A shard in its tray, as its processor sees it. */
    private static final class Place implements Map.Entry<Integer, Shard> {

        private final ShardTray tray;
        private final int shard;
        private boolean changed;

        Place(ShardTray tray, int shard) {
            this.tray = tray;
            this.shard = shard;
        }

        @Override
        public Integer getKey() {
            return shard;
        }

        @Override
        public Shard getValue() {
            return tray.get(shard);
        }

        @Override
        public Shard setValue(Shard value) {
            Shard before = getValue();
            tray.set(value);
            changed = true;
            return before;
        }
    }

    /** What the processors answered. */
    public static final class Answers<R> implements IdentifiedDataSerializable {

        private final Map<Integer, R> byShard = new LinkedHashMap<>();

        public R of(int shard) {
            return byShard.get(shard);
        }

        @Override
        public int getFactoryId() {
            return ShardSerialization.FACTORY;
        }

        @Override
        public int getClassId() {
            return ShardSerialization.ANSWERS;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            writeMap(out, byShard);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            readMap(in, byShard);
        }
    }
}
