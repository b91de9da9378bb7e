package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.member.ledger.CopyRow;
import io.partita.money.Currency;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/**
 * All accounts by ascending id, in columns: some 15 bytes each, so that a question about all of a million fits anywhere. Not to be changed.
 *
 * @param parents the row of each one's parent, or -1
 */
record AccountColumns(long[] ids, int[] parents, byte[] types, short[] currencies) {

    private static final AccountType[] TYPES = AccountType.values();

    /** As they are in the handle's snapshot. */
    static AccountColumns read(Handle handle) {
        int count = handle.createQuery("select count(*) from ledger_account").mapTo(int.class).one();
        long[] ids = new long[count];
        long[] parentIds = new long[count];
        byte[] types = new byte[count];
        short[] currencies = new short[count];
        int[] next = {0};
        CopyRow.forEach(handle, "select account, parent, type, currency from ledger_account order by account", account -> {
            int row = next[0]++;
            ids[row] = account.nextLong();
            parentIds[row] = account.nextLong();
            types[row] = (byte) account.nextShort();
            currencies[row] = account.nextCurrency().number();
        });
        int[] parents = new int[count];
        for (int row = 0; row < count; row++) {
            parents[row] = parentIds[row] == 0 ? -1 : Math.max(-1, Arrays.binarySearch(ids, parentIds[row]));
        }
        return new AccountColumns(ids, parents, types, currencies);
    }

    int count() {
        return ids.length;
    }

    /** The row of an account, or -1. */
    int find(long account) {
        return Math.max(-1, Arrays.binarySearch(ids, account));
    }

    AccountType type(int row) {
        return TYPES[types[row]];
    }

    Currency currency(int row) {
        return Currency.ofNumber(currencies[row]);
    }
}
