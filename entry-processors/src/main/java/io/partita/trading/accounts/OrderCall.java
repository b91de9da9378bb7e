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

/** Commands of one account on their way to the member that serves it. */
final class OrderCall implements Callable<TradingCall.Results>, DataSerializable, HazelcastInstanceAware {

    private long account;
    private long instrument;
    private Acknowledgement level;
    private List<OrderRequest> requests;
    private transient HazelcastInstance hazelcast;

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
            return new TradingCall.Results(requests.stream().<TradingResult>map(request ->
                    new TradingResult.Refused(request.command().id(), TradingRefusal.NOT_IN_VIEW, "")).toList());
        }
        return new TradingCall.Results(gateway.submit(account, instrument, requests, level));
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
