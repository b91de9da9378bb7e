package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.ledger.AccountCommand;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** First phase of a batch: checks and reserves on the owner. Backups know nothing of reservations. */
public final class Authorize extends ShardProcessor<Authorization> implements IdentifiedDataSerializable {

    private long token;
    private Legs legs;
    private List<AccountCommand> accounts;
    private long now;

    /** For deserialization. */
    public Authorize() {
    }

    private Authorize(long token, Legs legs, List<AccountCommand> accounts, long now) {
        this.token = token;
        this.legs = legs;
        this.accounts = accounts;
        this.now = now;
    }

    public static Authorize legs(long token, Legs legs, long nowMicros) {
        return new Authorize(token, legs, null, nowMicros);
    }

    public static Authorize accounts(long token, List<AccountCommand> commands) {
        return new Authorize(token, null, commands, 0);
    }

    @Override
    protected Authorization process(Map.Entry<Integer, Shard> entry, Shard shard) {
        if (!served(shard)) {
            return Authorization.notServing();
        }
        return Authorization.of(shard.epoch(), legs != null
                ? shard.authorize(token, legs, now)
                : shard.authorizeAccounts(token, accounts));
    }

    @Override
    public int getFactoryId() {
        return ShardSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return ShardSerialization.AUTHORIZE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(token);
        out.writeLong(now);
        out.writeBoolean(legs != null);
        if (legs != null) {
            legs.write(out, true);
        } else {
            AccountCommandCodec.write(out, accounts);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        token = in.readLong();
        now = in.readLong();
        if (in.readBoolean()) {
            legs = Legs.read(in);
        } else {
            accounts = AccountCommandCodec.read(in);
        }
    }
}
