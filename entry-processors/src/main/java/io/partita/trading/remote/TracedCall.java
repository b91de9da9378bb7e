package io.partita.trading.remote;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.tracing.Tracing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** A call of which somebody records a trace, with its place in it: what is done at the other end is told as a part of that. */
final class TracedCall<V> implements Callable<V>, DataSerializable, HazelcastInstanceAware {

    private String name;
    private String trace;
    private Callable<V> call;
    private transient Tracing tracing = Tracing.NONE;

    TracedCall() {
    }

    TracedCall(String name, String trace, Callable<V> call) {
        this.name = name;
        this.trace = trace;
        this.call = call;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        tracing = Tracing.of(hazelcast);
        if (call instanceof HazelcastInstanceAware aware) {
            aware.setHazelcastInstance(hazelcast);
        }
    }

    @Override
    public V call() throws Exception {
        try (Tracing.Span _ = tracing.open(name, trace, List.of())) {
            return call.call();
        }
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(name);
        out.writeString(trace);
        out.writeObject(call);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        name = in.readString();
        trace = in.readString();
        call = in.readObject();
    }
}
