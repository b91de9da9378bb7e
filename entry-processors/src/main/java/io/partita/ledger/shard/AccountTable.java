package io.partita.ledger.shard;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The accounts of one shard in columns of primitives: about 100 bytes for each, no object. Rows are dense and never
 * removed; an open-addressing table finds the row of an id. Not thread-safe: it lives on one partition thread.
 */
final class AccountTable {

    /** Linear probing stays short up to this load. */
    private static final float LOAD = 0.6f;
    private static final int INITIAL_ROWS = 16;

    private int size;
    private long[] id = new long[INITIAL_ROWS];
    private long[] parent = new long[INITIAL_ROWS];
    private byte[] type = new byte[INITIAL_ROWS];
    private byte[] status = new byte[INITIAL_ROWS];
    private short[] currency = new short[INITIAL_ROWS];
    private long[] maxNetDebit = new long[INITIAL_ROWS];
    private long[] maxNetCredit = new long[INITIAL_ROWS];
    long[] debitsPosted = new long[INITIAL_ROWS];
    long[] creditsPosted = new long[INITIAL_ROWS];
    long[] debitsPending = new long[INITIAL_ROWS];
    long[] creditsPending = new long[INITIAL_ROWS];
    // Volatile: what authorized transfers in flight may still do. Never persisted.
    long[] debitHeld = new long[INITIAL_ROWS];
    long[] creditHeld = new long[INITIAL_ROWS];
    long[] inFlight = new long[INITIAL_ROWS];

    /** Row + 1 by hash; 0 is free. */
    private int[] table = new int[32];

    int size() {
        return size;
    }

    /** The row of an account, or -1. */
    int find(long account) {
        int mask = table.length - 1;
        // The low byte chose the shard and is the same for all accounts here.
        for (int slot = (int) (LedgerNames.mix(account) >>> 8) & mask; ; slot = slot + 1 & mask) {
            int row = table[slot] - 1;
            if (row < 0 || id[row] == account) {
                return row;
            }
        }
    }

    int add(long account, AccountType accountType, Currency accountCurrency, long accountParent, Limits limits,
            AccountStatus accountStatus) {
        if (size == id.length) {
            grow(size + (size >> 1));
        }
        if (size + 1 > table.length * LOAD) {
            rehash(table.length * 2);
        }
        int row = size++;
        id[row] = account;
        type[row] = (byte) accountType.ordinal();
        currency[row] = accountCurrency.number();
        parent[row] = accountParent;
        setLimits(row, limits);
        setStatus(row, accountStatus);
        link(row);
        return row;
    }

    private void link(int row) {
        int mask = table.length - 1;
        int slot = (int) (LedgerNames.mix(id[row]) >>> 8) & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = row + 1;
    }

    private void rehash(int length) {
        table = new int[length];
        for (int row = 0; row < size; row++) {
            link(row);
        }
    }

    private void grow(int rows) {
        id = Arrays.copyOf(id, rows);
        parent = Arrays.copyOf(parent, rows);
        type = Arrays.copyOf(type, rows);
        status = Arrays.copyOf(status, rows);
        currency = Arrays.copyOf(currency, rows);
        maxNetDebit = Arrays.copyOf(maxNetDebit, rows);
        maxNetCredit = Arrays.copyOf(maxNetCredit, rows);
        debitsPosted = Arrays.copyOf(debitsPosted, rows);
        creditsPosted = Arrays.copyOf(creditsPosted, rows);
        debitsPending = Arrays.copyOf(debitsPending, rows);
        creditsPending = Arrays.copyOf(creditsPending, rows);
        debitHeld = Arrays.copyOf(debitHeld, rows);
        creditHeld = Arrays.copyOf(creditHeld, rows);
        inFlight = Arrays.copyOf(inFlight, rows);
    }

    long id(int row) {
        return id[row];
    }

    long parent(int row) {
        return parent[row];
    }

    AccountType type(int row) {
        return TYPES[type[row]];
    }

    short currency(int row) {
        return currency[row];
    }

    AccountStatus status(int row) {
        return STATUSES[status[row]];
    }

    void setStatus(int row, AccountStatus newStatus) {
        status[row] = (byte) newStatus.ordinal();
    }

    long maxNetDebit(int row) {
        return maxNetDebit[row];
    }

    long maxNetCredit(int row) {
        return maxNetCredit[row];
    }

    void setLimits(int row, Limits limits) {
        maxNetDebit[row] = limits.maxNetDebit();
        maxNetCredit[row] = limits.maxNetCredit();
    }

    /** How far debits exceed credits if everything in flight and pending against the account goes through. */
    long worstNetDebit(int row) {
        return debitsPosted[row] + debitsPending[row] + debitHeld[row] - creditsPosted[row];
    }

    /** How far credits exceed debits, likewise. */
    long worstNetCredit(int row) {
        return creditsPosted[row] + creditsPending[row] + creditHeld[row] - debitsPosted[row];
    }

    boolean empty(int row) {
        return debitsPosted[row] == creditsPosted[row] && debitsPending[row] == 0 && creditsPending[row] == 0;
    }

    /** True if no account has anything reserved. */
    boolean unheld() {
        for (int row = 0; row < size; row++) {
            if ((debitHeld[row] | creditHeld[row] | inFlight[row]) != 0) {
                return false;
            }
        }
        return true;
    }

    void dropHolds() {
        Arrays.fill(debitHeld, 0);
        Arrays.fill(creditHeld, 0);
        Arrays.fill(inFlight, 0);
    }

    Balance balance(int row, long sequence) {
        return new Balance(id[row], Currency.ofNumber(currency[row]), type(row), status(row), parent[row],
                debitsPosted[row], creditsPosted[row], debitsPending[row], creditsPending[row],
                maxNetDebit[row], maxNetCredit[row], sequence);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int row = 0; row < size; row++) {
            out.writeLong(id[row]);
            out.writeLong(parent[row]);
            out.writeByte(type[row]);
            out.writeByte(status[row]);
            out.writeShort(currency[row]);
            out.writeLong(maxNetDebit[row]);
            out.writeLong(maxNetCredit[row]);
            out.writeLong(debitsPosted[row]);
            out.writeLong(creditsPosted[row]);
            out.writeLong(debitsPending[row]);
            out.writeLong(creditsPending[row]);
        }
    }

    static AccountTable read(DataInput in) throws IOException {
        AccountTable accounts = new AccountTable();
        int rows = in.readInt();
        accounts.grow(Math.max(rows, INITIAL_ROWS));
        for (int row = 0; row < rows; row++) {
            accounts.id[row] = in.readLong();
            accounts.parent[row] = in.readLong();
            accounts.type[row] = in.readByte();
            accounts.status[row] = in.readByte();
            accounts.currency[row] = in.readShort();
            accounts.maxNetDebit[row] = in.readLong();
            accounts.maxNetCredit[row] = in.readLong();
            accounts.debitsPosted[row] = in.readLong();
            accounts.creditsPosted[row] = in.readLong();
            accounts.debitsPending[row] = in.readLong();
            accounts.creditsPending[row] = in.readLong();
        }
        accounts.size = rows;
        int length = 32;
        while (rows > length * LOAD) {
            length *= 2;
        }
        accounts.rehash(length);
        return accounts;
    }

    private static final AccountType[] TYPES = AccountType.values();
    private static final AccountStatus[] STATUSES = AccountStatus.values();
}
