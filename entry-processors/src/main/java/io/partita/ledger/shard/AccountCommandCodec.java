package io.partita.ledger.shard;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Account commands on the wire. */
public final class AccountCommandCodec {

    private AccountCommandCodec() {
    }

    public static void write(DataOutput out, List<? extends AccountCommand> commands) throws IOException {
        out.writeInt(commands.size());
        for (AccountCommand command : commands) {
            out.writeLong(command.id().getMostSignificantBits());
            out.writeLong(command.id().getLeastSignificantBits());
            out.writeLong(command.account());
            switch (command) {
                case AccountCommand.Open open -> {
                    Account details = open.details();
                    out.writeByte(1);
                    out.writeUTF(details.name());
                    out.writeByte(details.type().ordinal());
                    out.writeShort(details.currency().number());
                    out.writeLong(details.parent());
                    writeLimits(out, details.limits());
                    out.writeByte(details.status().ordinal());
                    out.writeUTF(details.reference());
                    out.writeByte(details.metadata().size());
                    for (Map.Entry<String, String> fact : details.metadata().entrySet()) {
                        out.writeUTF(fact.getKey());
                        out.writeUTF(fact.getValue());
                    }
                }
                case AccountCommand.ChangeLimits change -> {
                    out.writeByte(2);
                    writeLimits(out, change.limits());
                }
                case AccountCommand.ChangeStatus change -> {
                    out.writeByte(3);
                    out.writeByte(change.status().ordinal());
                }
            }
        }
    }

    public static List<AccountCommand> read(DataInput in) throws IOException {
        int count = in.readInt();
        List<AccountCommand> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(in.readLong(), in.readLong());
            long account = in.readLong();
            commands.add(switch (in.readByte()) {
                case 1 -> new AccountCommand.Open(id, readDetails(in, account));
                case 2 -> new AccountCommand.ChangeLimits(id, account, readLimits(in));
                case 3 -> new AccountCommand.ChangeStatus(id, account, AccountStatus.values()[in.readByte()]);
                default -> throw new IOException("Unknown account command");
            });
        }
        return commands;
    }

    private static Account readDetails(DataInput in, long account) throws IOException {
        String name = in.readUTF();
        AccountType type = AccountType.values()[in.readByte()];
        Currency currency = Currency.ofNumber(in.readShort());
        long parent = in.readLong();
        Limits limits = readLimits(in);
        AccountStatus status = AccountStatus.values()[in.readByte()];
        String reference = in.readUTF();
        Map<String, String> metadata = new HashMap<>();
        for (int facts = in.readByte(); facts > 0; facts--) {
            metadata.put(in.readUTF(), in.readUTF());
        }
        return new Account(account, name, type, currency, parent, limits, status, reference, metadata);
    }

    private static void writeLimits(DataOutput out, Limits limits) throws IOException {
        out.writeLong(limits.maxNetDebit());
        out.writeLong(limits.maxNetCredit());
    }

    private static Limits readLimits(DataInput in) throws IOException {
        return new Limits(in.readLong(), in.readLong());
    }
}
