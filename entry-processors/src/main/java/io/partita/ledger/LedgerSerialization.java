package io.partita.ledger;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.ledger.shard.ShardSerialization;
import io.partita.money.Currency;

/** How the ledger's values travel; members and clients register the same. */
public final class LedgerSerialization {

    private LedgerSerialization() {
    }

    /** Adds the ledger's serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.addDataSerializableFactory(ShardSerialization.FACTORY, new ShardSerialization());
        config.getCompactSerializationConfig().addSerializer(new BalanceSerializer());
    }

    /** Currency and enums as text, so that SQL and clients in other languages read them as what they are. */
    private static final class BalanceSerializer implements CompactSerializer<Balance> {

        @Override
        public Balance read(CompactReader in) {
            return new Balance(in.readInt64("account"), Currency.of(in.readString("currency")),
                    AccountType.valueOf(in.readString("type")), AccountStatus.valueOf(in.readString("status")),
                    in.readInt64("parent"), in.readInt64("debitsPosted"), in.readInt64("creditsPosted"),
                    in.readInt64("debitsPending"), in.readInt64("creditsPending"), in.readInt64("maxNetDebit"),
                    in.readInt64("maxNetCredit"), in.readInt64("sequence"));
        }

        @Override
        public void write(CompactWriter out, Balance balance) {
            out.writeInt64("account", balance.account());
            out.writeString("currency", balance.currency().code());
            out.writeString("type", balance.type().name());
            out.writeString("status", balance.status().name());
            out.writeInt64("parent", balance.parent());
            out.writeInt64("debitsPosted", balance.debitsPosted());
            out.writeInt64("creditsPosted", balance.creditsPosted());
            out.writeInt64("debitsPending", balance.debitsPending());
            out.writeInt64("creditsPending", balance.creditsPending());
            out.writeInt64("maxNetDebit", balance.maxNetDebit());
            out.writeInt64("maxNetCredit", balance.maxNetCredit());
            out.writeInt64("sequence", balance.sequence());
        }

        @Override
        public String getTypeName() {
            return "io.partita.Balance";
        }

        @Override
        public Class<Balance> getCompactClass() {
            return Balance.class;
        }
    }
}
