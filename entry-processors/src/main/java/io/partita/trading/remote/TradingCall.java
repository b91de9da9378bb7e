package io.partita.trading.remote;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.CommandBatch;
import io.partita.trading.Executions;
import io.partita.trading.TradingGateway;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.risk.RiskRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Commands on their way to the member that serves their book, where a thread of the trading executor waits for the gateway's answer. */
public final class TradingCall implements Callable<TradingCall.Results>, DataSerializable, HazelcastInstanceAware {

    private long instrument;
    private Acknowledgement level;
    private CommandBatch commands;
    private transient HazelcastInstance hazelcast;

    /** For deserialization. */
    public TradingCall() {
    }

    public TradingCall(long instrument, List<Command> commands, Acknowledgement level) {
        this.instrument = instrument;
        this.commands = CommandBatch.of(commands);
        this.level = level;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Results call() throws ExecutionException, InterruptedException {
        TradingGateway gateway = (TradingGateway) hazelcast.getUserContext().get(TradingGateway.KEY);
        if (gateway == null) {
            // The member starts or stops.
            return new Results(TradingResult.refused(commands, TradingRefusal.NOT_IN_VIEW));
        }
        return new Results(gateway.submit(instrument, commands, level).get());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(instrument);
        out.writeByte(level.ordinal());
        commands.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        instrument = in.readLong();
        level = Acknowledgement.values()[in.readByte()];
        commands = CommandBatch.read(in);
    }

    /** Results on their way back. */
    public static final class Results implements DataSerializable {

        private List<TradingResult> results;

        /** For deserialization. */
        public Results() {
        }

        public Results(List<TradingResult> results) {
            this.results = results;
        }

        public List<TradingResult> results() {
            return results;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(results.size());
            for (TradingResult result : results) {
                out.writeLong(result.commandId());
                switch (result) {
                    case TradingResult.Executed executed -> {
                        out.writeByte(executed.repeated() ? 1 : 0);
                        Executions.of(executed.reports()).write(out);
                    }
                    case TradingResult.Refused refused -> {
                        out.writeByte(2);
                        out.writeByte(refused.code().ordinal());
                        out.writeString(refused.detail());
                    }
                    case TradingResult.Denied denied -> {
                        out.writeByte(3);
                        out.writeByte(denied.code().ordinal());
                    }
                }
            }
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            int count = in.readInt();
            results = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                long id = in.readLong();
                int kind = in.readByte();
                results.add(switch (kind) {
                    case 2 -> new TradingResult.Refused(id, TradingRefusal.values()[in.readByte()], in.readString());
                    case 3 -> new TradingResult.Denied(id, RiskRefusal.values()[in.readByte()]);
                    default -> new TradingResult.Executed(id, Executions.read(in), kind == 1);
                });
            }
        }
    }
}
