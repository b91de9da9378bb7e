package io.partita.trading.accounts;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.remote.TradingCall;
import io.partita.trading.risk.OrderRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Commands of one account on their way to the member that serves it. */
final class OrderCall implements Callable<TradingCall.Results>, DataSerializable, HazelcastInstanceAware {

    /** Whoever has waited for a thread for so long is told so at once; its client repeats it when there is less to do. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long account;
    private long instrument;
    private Acknowledgement level;
    private List<OrderRequest> requests;
    private transient HazelcastInstance hazelcast;
    private transient long arrived = System.nanoTime();

    OrderCall() {
    }

    OrderCall(long account, long instrument, List<OrderRequest> requests, Acknowledgement level) {
        this.account = account;
        this.instrument = instrument;
        this.requests = requests;
        this.level = level;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public TradingCall.Results call() {
        OrderGateway gateway = (OrderGateway) hazelcast.getUserContext().get(OrderGateway.KEY);
        if (gateway == null) {
            // The member starts or stops.
            return refused(TradingRefusal.NOT_IN_VIEW);
        }
        if (System.nanoTime() - arrived > PATIENCE_NANOS) {
            return refused(TradingRefusal.OVERLOADED);
        }
        return new TradingCall.Results(gateway.submit(account, instrument, requests, level));
    }

    private TradingCall.Results refused(TradingRefusal code) {
        return new TradingCall.Results(requests.stream().<TradingResult>map(request ->
                new TradingResult.Refused(request.command().id(), code, "")).toList());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(account);
        out.writeLong(instrument);
        out.writeByte(level.ordinal());
        out.writeInt(requests.size());
        ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES);
        for (OrderRequest request : requests) {
            bytes.clear();
            request.command().encode(bytes);
            out.writeByte(request.flags());
            out.writeByte(bytes.position());
            out.write(bytes.array(), 0, bytes.position());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        account = in.readLong();
        instrument = in.readLong();
        level = Acknowledgement.values()[in.readByte()];
        int count = in.readInt();
        if (count < 0 || count > OrderGateway.MAX_BATCH) {
            throw new IOException("no call that a client makes: " + count + " commands");
        }
        requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte flags = in.readByte();
            byte[] bytes = new byte[in.readUnsignedByte()];
            in.readFully(bytes);
            requests.add(OrderRequest.of(new Command().decode(ByteBuffer.wrap(bytes)), flags));
        }
    }
}
