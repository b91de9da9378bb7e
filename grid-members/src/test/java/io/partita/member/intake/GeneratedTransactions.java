package io.partita.member.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A file in the form of the IBM data with every kind of bad row, and what has to come of it, worked out while it is
 * written and without any code of the import.
 *
 * @param file     the file
 * @param balances credits less debits by {@code reference:CUR}, in major units
 * @param refused  how many rows have to be refused, by code
 * @param accepted how many rows have to be booked
 * @param legs     how many transfers that makes
 */
record GeneratedTransactions(Path file, Map<String, BigDecimal> balances, Map<String, Integer> refused, int accepted, int legs) {

    private static final String[][] CURRENCIES = {{"US Dollar", "USD", "2"}, {"Euro", "EUR", "2"}, {"Yen", "JPY", "0"},
        {"Bitcoin", "XBT", "8"}, {"Swiss Franc", "CHF", "2"}};
    private static final String[] FORMATS = {"ACH", "Wire", "Cheque", "Cash", "Credit Card", "Bitcoin", "Reinvestment"};

    static GeneratedTransactions write(Path file, int rows, RandomGenerator random) throws IOException {
        Writer writer = new Writer(random);
        for (int i = 0; i < rows; i++) {
            writer.row();
        }
        Files.write(file, writer.lines);
        return new GeneratedTransactions(file, writer.balances, writer.refused, writer.accepted, writer.legs);
    }

    private static final class Writer {

        private final RandomGenerator random;
        private final List<String> lines = new ArrayList<>(List.of("Timestamp,From Bank,Account,To Bank,Account,Amount Received,"
                + "Receiving Currency,Amount Paid,Payment Currency,Payment Format,Is Laundering"));
        private final Map<String, BigDecimal> balances = new TreeMap<>();
        private final Map<String, Integer> refused = new TreeMap<>();
        private int accepted;
        private int legs;

        Writer(RandomGenerator random) {
            this.random = random;
        }

        void row() {
            switch (random.nextInt(24)) {
                case 0 -> bad("SAME_ACCOUNT", line("1", "A7", "01", "A7", "5", "Euro", "5", "Euro", "Reinvestment"));
                case 1 -> bad("AMOUNT_NOT_POSITIVE", line("1", "A7", "2", "A8", "0.00", "Euro", "0.00", "Euro", "Wire"));
                case 2 -> bad("AMOUNT_NOT_POSITIVE", line("1", "A7", "2", "A8", "-3", "Euro", "-3", "Euro", "Wire"));
                case 3 -> bad("AMOUNT_TOO_FINE", line("1", "A7", "2", "A8", "1.5", "Yen", "1.5", "Yen", "Wire"));
                case 4 -> bad("UNKNOWN_CURRENCY", line("1", "A7", "2", "A8", "1.5", "Thaler", "1.5", "Thaler", "Wire"));
                case 5 -> bad("MALFORMED_AMOUNT", line("1", "A7", "2", "A8", "1.5", "Euro", "NaN", "Euro", "Wire"));
                case 6 -> bad("MALFORMED_ROW", "2022/09/01 00:20,1,\"A7,2,A8,1,Euro,1,Euro,Wire,0");
                case 7 -> bad("MALFORMED_ROW", "2022/09/01 00:20,1,A7");
                case 8 -> bad("MALFORMED_TIMESTAMP", "2022/13/01 00:20,1,A7,2,A8,1,Euro,1,Euro,Wire,0");
                case 9 -> bad("MISSING_ACCOUNT", line("1", "", "2", "A8", "1", "Euro", "1", "Euro", "Wire"));
                case 10 -> bad("AMOUNTS_DIFFER", line("1", "A7", "2", "A8", "1", "Euro", "2", "Euro", "Wire"));
                case 11 -> bad("AMOUNT_TOO_LARGE", line("1", "A7", "2", "A8", "1", "Euro", "9".repeat(25), "Euro", "Wire"));
                case 12 -> bad("AMOUNT_NOT_POSITIVE", line("1", "A7", "2", "A8", "0", "Yen", "0.01", "Euro", "Wire"));
                case 13 -> lines.add("");
                case 14, 15, 16 -> exchange();
                default -> payment();
            }
        }

        private void payment() {
            String[] currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
            BigDecimal amount = amount(currency);
            int from = random.nextInt(60);
            int to = (from + 1 + random.nextInt(59)) % 60;
            lines.add(line(bank(from), "A" + from, bank(to), "A" + to, amount.toPlainString(), currency[0], amount.toPlainString(),
                    currency[0], FORMATS[random.nextInt(FORMATS.length)]));
            move(from % 7 + ":A" + from, to % 7 + ":A" + to, currency[1], amount);
            accepted++;
        }

        private void exchange() {
            int first = random.nextInt(CURRENCIES.length);
            String[] paidIn = CURRENCIES[first];
            String[] receivedIn = CURRENCIES[(first + 1 + random.nextInt(CURRENCIES.length - 1)) % CURRENCIES.length];
            BigDecimal paid = amount(paidIn);
            BigDecimal received = amount(receivedIn);
            int from = random.nextInt(60);
            // Now and then somebody changes money with themselves.
            int to = random.nextInt(5) == 0 ? from : random.nextInt(60);
            lines.add(line(bank(from), "A" + from, bank(to), "A" + to, received.toPlainString(), receivedIn[0],
                    paid.toPlainString(), paidIn[0], FORMATS[random.nextInt(FORMATS.length)]));
            move(from % 7 + ":A" + from, "fx", paidIn[1], paid);
            move("fx", to % 7 + ":A" + to, receivedIn[1], received);
            accepted++;
        }

        private BigDecimal amount(String[] currency) {
            return BigDecimal.valueOf(1 + random.nextLong(1_000_000_000), Integer.parseInt(currency[2]));
        }

        /** A bank's number with or without zeros before it. */
        private String bank(int account) {
            return "0".repeat(random.nextInt(3)) + account % 7;
        }

        private void move(String debit, String credit, String currency, BigDecimal amount) {
            balances.merge(debit + ':' + currency, amount.negate(), BigDecimal::add);
            balances.merge(credit + ':' + currency, amount, BigDecimal::add);
            legs++;
        }

        private void bad(String code, String line) {
            lines.add(line);
            refused.merge(code, 1, Integer::sum);
        }

        private String line(String... parts) {
            return "2022/09/%02d %02d:%02d,%s,0".formatted(1 + random.nextInt(30), random.nextInt(24), random.nextInt(60),
                    String.join(",", parts));
        }
    }
}
