package io.partita.member.ledger.reconcile;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.partita.member.ledger.reconcile.StatementLine.Malformed;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a statement from CSV as banks write it: with a header, separated by comma, semicolon or tab, the columns in any order
 * and under any of their usual names; one signed amount, or one column for what comes in and one for what goes out. A line that
 * cannot be read spoils itself only.
 */
final class StatementCsv {

    static final int MAX_LINES = 100_000;
    private static final int MAX_TEXT = 500;

    private static final Map<String, List<String>> NAMES = Map.of(
            "date", List.of("date", "bookingdate", "booking", "valuedate", "value", "transactiondate", "postingdate", "datum", "buchungstag"),
            "amount", List.of("amount", "betrag", "transactionamount", "sum", "umsatz"),
            "in", List.of("credit", "paidin", "deposit", "moneyin", "in", "haben"),
            "out", List.of("debit", "paidout", "withdrawal", "moneyout", "out", "soll"),
            "currency", List.of("currency", "ccy", "cur", "waehrung", "währung"),
            "reference", List.of("reference", "ref", "endtoendid", "endtoendreference", "transactionid", "id", "referenz", "bankreference"),
            "description", List.of("description", "details", "text", "narrative", "memo", "purpose", "verwendungszweck"));
    private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("dd.MM.uuuu"), DateTimeFormatter.BASIC_ISO_DATE, DateTimeFormatter.ofPattern("dd-MMM-uuuu", Locale.ENGLISH));
    private static final Pattern AMOUNT = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,18})?");
    /** A comma in front of exactly three digits at the end may separate thousands or decimals: only thousands before a point are sure. */
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");
    private static final Pattern THOUSANDS_POINTS = Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]{3})*,[0-9]+");

    private final Currency accountCurrency;
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;

    private StatementCsv(Currency accountCurrency) {
        this.accountCurrency = accountCurrency;
    }

    /**
     * The lines of a file.
     *
     * @throws RequestProblem if it has no header with a date and an amount, or too many lines
     */
    static List<StatementLine> read(String text, Currency accountCurrency) {
        return new StatementCsv(accountCurrency).lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private List<StatementLine> lines(String text) {
        String[] physical = text.split("\r\n|\n|\r", -1);
        int header = 0;
        while (header < physical.length && physical[header].isBlank()) {
            header++;
        }
        if (header == physical.length) {
            throw RequestProblem.of(RequestCode.MALFORMED_CSV, "The file is empty.");
        }
        char separator = separator(physical[header]);
        header(fields(physical[header], separator));
        List<StatementLine> lines = new ArrayList<>();
        for (int i = header + 1; i < physical.length; i++) {
            if (!physical[i].isBlank()) {
                if (lines.size() == MAX_LINES) {
                    throw RequestProblem.of(RequestCode.MALFORMED_CSV, "A statement has at most " + MAX_LINES + " lines.");
                }
                lines.add(line(i + 1, fields(physical[i], separator)));
            }
        }
        return lines;
    }

    private static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {',', ';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** The fields of a line, or none if it is not CSV. */
    private static List<String> fields(String line, char separator) {
        try {
            return CsvReader.builder().fieldSeparator(separator).ofCsvRecord(line).stream().findFirst()
                    .map(row -> row.getFields().stream().map(String::strip).toList()).orElse(List.of());
        } catch (CsvParseException e) {
            return List.of();
        }
    }

    private void header(List<String> names) {
        width = names.size();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
            for (Map.Entry<String, List<String>> known : NAMES.entrySet()) {
                if (known.getValue().contains(name)) {
                    columns.putIfAbsent(known.getKey(), i);
                }
            }
        }
        if (!columns.containsKey("date") || !columns.containsKey("amount") && !(columns.containsKey("in") && columns.containsKey("out"))) {
            throw RequestProblem.of(RequestCode.MALFORMED_CSV,
                    "The first line names the columns: at least date and amount, or date, credit and debit; currency, reference and description if there are any.");
        }
    }

    private StatementLine line(int number, List<String> fields) {
        if (fields.isEmpty()) {
            return StatementLine.malformed(number, Malformed.NOT_CSV, "Check the quotes.");
        }
        if (fields.size() != width) {
            return StatementLine.malformed(number, Malformed.WRONG_COLUMN_COUNT, fields.size() + " columns instead of " + width + ".");
        }
        LocalDate date = date(field(fields, "date"));
        if (date == null) {
            return StatementLine.malformed(number, Malformed.BAD_DATE, clipped(field(fields, "date")));
        }
        String code = field(fields, "currency");
        Currency currency = code.isEmpty() ? accountCurrency : Currency.find(code).orElse(null);
        if (currency == null) {
            return StatementLine.malformed(number, Malformed.BAD_CURRENCY, clipped(code));
        }
        BigDecimal major = columns.containsKey("amount") ? decimal(field(fields, "amount")) : inOrOut(fields);
        if (major == null) {
            return StatementLine.malformed(number, Malformed.BAD_AMOUNT,
                    clipped(columns.containsKey("amount") ? field(fields, "amount") : field(fields, "in") + " / " + field(fields, "out")));
        }
        String reference = field(fields, "reference");
        String description = field(fields, "description");
        if (reference.length() > MAX_TEXT || description.length() > MAX_TEXT) {
            return StatementLine.malformed(number, Malformed.TEXT_TOO_LONG, "More than " + MAX_TEXT + " characters.");
        }
        try {
            long minor = currency.toMinor(major);
            return minor == 0 ? StatementLine.malformed(number, Malformed.ZERO_AMOUNT, "")
                    : new StatementLine(number, date, minor, currency.code(), reference, description, null, "");
        } catch (ArithmeticException e) {
            return StatementLine.malformed(number, Malformed.AMOUNT_TOO_FINE, clipped(major.toPlainString()));
        }
    }

    private String field(List<String> fields, String name) {
        Integer column = columns.get(name);
        return column == null ? "" : fields.get(column).replace("\u0000", "");
    }

    private BigDecimal inOrOut(List<String> fields) {
        String in = field(fields, "in");
        String out = field(fields, "out");
        if (in.isEmpty() == out.isEmpty()) {
            return null;
        }
        BigDecimal amount = decimal(in.isEmpty() ? out : in);
        return amount == null || !in.isEmpty() ? amount : amount.abs().negate();
    }

    private static LocalDate date(String text) {
        // A time behind the date does not matter.
        String day = text.length() > 11 && (text.charAt(10) == 'T' || text.charAt(10) == ' ') ? text.substring(0, 10) : text;
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDate.parse(day, format);
            } catch (DateTimeException e) {
                // The next one.
            }
        }
        return null;
    }

    /** A decimal number, with a point or a comma before its decimals, and possibly separated thousands. */
    static BigDecimal decimal(String text) {
        String bare = text.replace(" ", "").replace("\u00A0", "").replace("'", "");
        if (THOUSANDS.matcher(bare).matches() && bare.indexOf('.') > 0) {
            bare = bare.replace(",", "");
        } else if (THOUSANDS_POINTS.matcher(bare).matches() || bare.indexOf('.') < 0 && count(bare, ',') == 1) {
            bare = bare.replace(".", "").replace(',', '.');
        }
        return AMOUNT.matcher(bare).matches() ? new BigDecimal(bare.startsWith("+") ? bare.substring(1) : bare) : null;
    }

    private static String clipped(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
