package io.partita.trading.accounts;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Between members: {@link OrderGateway#announce} and {@link OrderGateway#reported}. */
public final class AccountNotice implements Callable<Boolean>, DataSerializable, HazelcastInstanceAware {

    private long account;
    private long instrument;
    private long sequence;
    private transient HazelcastInstance hazelcast;

    /** For deserialization. */
    public AccountNotice() {
    }

    private AccountNotice(long account, long instrument, long sequence) {
        this.account = account;
        this.instrument = instrument;
        this.sequence = sequence;
    }

    /** An account trades from now on. */
    public static AccountNotice announcement(long account) {
        return new AccountNotice(account, 0, 0);
    }

    /** Answers when accounts know what a book has reported. */
    public static AccountNotice reported(long instrument, long sequence) {
        return new AccountNotice(0, instrument, sequence);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Boolean call() {
        OrderGateway gateway = (OrderGateway) hazelcast.getUserContext().get(OrderGateway.KEY);
        if (gateway == null) {
            // It learns all accounts from the database when it is ready.
            return account != 0;
        }
        if (account == 0) {
            return gateway.reported(instrument, sequence);
        }
        gateway.announce(account);
        return true;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(account);
        out.writeLong(instrument);
        out.writeLong(sequence);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        account = in.readLong();
        instrument = in.readLong();
        sequence = in.readLong();
    }
}
