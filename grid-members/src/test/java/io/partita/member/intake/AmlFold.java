package io.partita.member.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to come of an IBM file, folded from its lines in the plainest way and without any code of the import.
 *
 * @param balances credits less debits by {@code bank:account:CUR}, in major units
 * @param accepted how many rows have to be booked
 * @param refused  how many rows have to be refused, by code
 */
record AmlFold(Map<String, BigDecimal> balances, long accepted, Map<String, Long> refused) {

    private static final Map<String, String> CODES = Map.ofEntries(Map.entry("US Dollar", "USD"), Map.entry("Euro", "EUR"),
            Map.entry("UK Pound", "GBP"), Map.entry("Swiss Franc", "CHF"), Map.entry("Yen", "JPY"), Map.entry("Yuan", "CNY"),
            Map.entry("Rupee", "INR"), Map.entry("Ruble", "RUB"), Map.entry("Canadian Dollar", "CAD"),
            Map.entry("Australian Dollar", "AUD"), Map.entry("Mexican Peso", "MXN"), Map.entry("Brazil Real", "BRL"),
            Map.entry("Saudi Riyal", "SAR"), Map.entry("Shekel", "ILS"), Map.entry("Bitcoin", "XBT"));
    private static final Map<String, Integer> DIGITS = Map.of("JPY", 0, "XBT", 8);

    /** Folds a file without quotes and without rows that change the currency, as the samples are. */
    static AmlFold of(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = Arrays.asList(lines.getFirst().split(","));
        boolean ids = header.contains("from_bank_id");
        String suffix = ids ? "_id" : "";
        Map<String, BigDecimal> balances = new TreeMap<>();
        Map<String, Long> refused = new TreeMap<>();
        long accepted = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            String currency = CODES.get(row[header.indexOf("payment_currency")]);
            String from = account(row, header, "from", suffix);
            String to = account(row, header, "to", suffix);
            BigDecimal amount = new BigDecimal(row[header.indexOf("amount_paid")]);
            if (!row[header.indexOf("payment_currency")].equals(row[header.indexOf("receiving_currency")])) {
                throw new IOException("The fold knows no exchange: " + line);
            }
            if (amount.stripTrailingZeros().scale() > DIGITS.getOrDefault(currency, 2)) {
                refused.merge("AMOUNT_TOO_FINE", 1L, Long::sum);
            } else if (from.equals(to)) {
                refused.merge("SAME_ACCOUNT", 1L, Long::sum);
            } else {
                balances.merge(from + ':' + currency, amount.negate(), BigDecimal::add);
                balances.merge(to + ':' + currency, amount, BigDecimal::add);
                accepted++;
            }
        }
        return new AmlFold(balances, accepted, refused);
    }

    private static String account(String[] row, List<String> header, String side, String suffix) {
        return Long.parseLong(row[header.indexOf(side + "_bank" + suffix)]) + ":" + row[header.indexOf(side + "_account" + suffix)];
    }
}
