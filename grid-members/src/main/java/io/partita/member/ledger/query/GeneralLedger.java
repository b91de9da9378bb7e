package io.partita.member.ledger.query;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.partita.money.Currency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The general ledger as CSV: one line for each leg that moved money, in the order of the journal, debit before credit. */
final class GeneralLedger {

    static final List<String> HEADER = List.of("booked_at", "effective_date", "position", "sequence", "account", "name", "debit", "credit",
            "currency", "counter_account", "kind", "code", "reference", "transfer", "relates_to");
    /** Entries read by one statement: a bound for memory and for the age of a snapshot. */
    private static final long CHUNK = 1 << 14;

    private final Snapshots snapshots;

    GeneralLedger(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** Writes the legs booked from a time (null for the beginning) to before another (null for now). */
    void write(Instant from, Instant to, Writer out) throws IOException {
        long[] range = snapshots.read(Snapshots.INTERACTIVE, handle -> new long[] {
            from == null ? 0 : JournalPoint.before(handle, from).size(),
            to == null ? JournalPoint.now(handle).size() : JournalPoint.before(handle, to).size()});
        CsvWriter csv = CsvWriter.builder().build(out);
        csv.writeRecord(HEADER);
        for (long low = range[0]; low < range[1]; low += CHUNK) {
            long chunk = low;
            long high = Math.min(range[1], low + CHUNK);
            List<String[]> lines = snapshots.read(Snapshots.INTERACTIVE, handle -> lines(handle, chunk, high));
            lines.forEach(csv::writeRecord);
        }
        csv.flush();
    }

    private static List<String[]> lines(Handle handle, long low, long high) {
        Windows.Batches batches = Windows.batches(handle, low, high);
        return handle.createQuery("select l.*, coalesce(a.name, '') as name from (" + Leg.SELECT + """
                         where batch between :first and :last and position >= :low and position < :high and posted <> 0) l
                        left join ledger_account a on a.account = l.account order by l.position, l.side""")
                .bind("first", batches.first()).bind("last", batches.last()).bind("low", low).bind("high", high)
                .map((rs, context) -> line(rs)).list();
    }

    private static String[] line(ResultSet rs) throws SQLException {
        Leg leg = Leg.read(rs);
        Currency currency = leg.currency();
        String amount = currency.toMajor(leg.posted()).toPlainString();
        boolean debit = leg.side() == io.partita.ledger.Side.DEBIT;
        return new String[] {leg.bookedAt().toString(), leg.effectiveDate().toString(), Long.toString(leg.position()),
            Long.toString(leg.sequence()), Long.toString(leg.account()), rs.getString("name"), debit ? amount : "", debit ? "" : amount,
            currency.code(), Long.toString(leg.counterAccount()), leg.kind().name(), Integer.toString(leg.code()), leg.reference(),
            leg.id().toString(), leg.relatesTo() == null ? "" : leg.relatesTo().toString()};
    }
}
