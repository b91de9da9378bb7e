package io.partita.positions.live;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.positions.PositionSerialization;
import java.io.IOException;
import java.util.Map;

/** Begins a run, and answers with a number that is greater than all before; or tells of one, unless there is a later one. Answers with the number of the last run. */
public final class TellPulse implements EntryProcessor<String, LivePulse, Long>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1;

    private transient LivePulse pulse;

    /** Begins a run. */
    public TellPulse() {
    }

    /** Tells of one. */
    public TellPulse(LivePulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public Long process(Map.Entry<String, LivePulse> entry) {
        LivePulse there = entry.getValue();
        if (pulse == null) {
            entry.setValue(LivePulse.begun(there == null ? 1 : there.run() + 1));
        } else if (there == null || pulse.run() >= there.run()) {
            entry.setValue(pulse);
        }
        return entry.getValue().run();
    }

    @Override
    public int getFactoryId() {
        return PositionSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return PositionSerialization.TELL_PULSE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(pulse);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        pulse = in.readObject();
    }
}
