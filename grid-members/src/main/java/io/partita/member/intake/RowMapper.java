package io.partita.member.intake;

import io.partita.ledger.AccountType;
import io.partita.ledger.Transfer;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A mapping fitted to one file's header: turns rows into what they ask for. Used by one thread. */
final class RowMapper {

    // Plain digits only: an exponent such as 1e999999999 would otherwise make a number of a gigabyte.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})");

    private final int columns;
    private final Party payer;
    private final Party payee;
    private final AccountType positionType;
    private final Template amount;
    private final Template currency;
    private final Template receivedAmount;
    private final Template receivedCurrency;
    private final Template timestamp;
    private final DateTimeFormatter pattern;
    private final Template reference;
    private final Template code;
    private final Map<String, Currency> currencies;
    private final Map<String, Integer> codes;

    private String lastTime = "";
    private LocalDate lastDate;

    RowMapper(Mapping mapping, Map<String, Integer> places, int columns) {
        this.columns = columns;
        payer = new Party(mapping, "payer", places);
        payee = new Party(mapping, "payee", places);
        positionType = mapping.type("position.type", AccountType.ASSET);
        amount = template(mapping, "amount", places);
        currency = template(mapping, "currency", places);
        receivedAmount = template(mapping, "received.amount", places);
        receivedCurrency = template(mapping, "received.currency", places);
        timestamp = template(mapping, "timestamp", places);
        pattern = pattern(mapping);
        reference = template(mapping, "reference", places);
        code = template(mapping, "code", places);
        currencies = mapping.currencies();
        codes = mapping.codes();
    }

    private static Template template(Mapping mapping, String key, Map<String, Integer> places) {
        return Template.parse(key, mapping.setting(key), places);
    }

    private static DateTimeFormatter pattern(Mapping mapping) {
        String text = mapping.setting("timestamp.pattern");
        try {
            return text.isEmpty() ? DateTimeFormatter.ISO_LOCAL_DATE
                    : DateTimeFormatter.ofPattern(text, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new MappingException("'timestamp.pattern' of the mapping " + mapping.name() + ": " + e.getMessage());
        }
    }

    /** Templates of one side of a row. */
    private static final class Party {

        private final AccountType type;
        private final Template account;
        private final Template name;
        private final Template parent;
        private final Template parentName;

        Party(Mapping mapping, String side, Map<String, Integer> places) {
            type = mapping.type("account.type", AccountType.LIABILITY);
            account = template(mapping, side + ".account", places);
            name = template(mapping, side + ".name", places);
            parent = template(mapping, side + ".parent", places);
            parentName = template(mapping, side + ".parent.name", places);
        }

        AccountKey key(List<String> fields, Currency currency) throws RowRefused {
            if (account.lacksColumn(fields)) {
                throw new RowRefused(RowCode.MISSING_ACCOUNT, "a column of the account is empty: '" + account.of(fields) + "'");
            }
            return AccountKey.of(account.of(fields), name.of(fields), type, currency, parent.of(fields),
                    parentName.of(fields));
        }
    }

    /** What a row asks for. */
    MappedRow map(CsvRow row) throws RowRefused {
        if (row.fault() != null) {
            throw new RowRefused(RowCode.MALFORMED_ROW, row.fault());
        }
        List<String> fields = row.fields();
        if (fields.size() != columns) {
            throw new RowRefused(RowCode.MALFORMED_ROW, fields.size() + " columns where the header has " + columns);
        }
        Money paid = money(amount.of(fields), currency(currency.of(fields)));
        Money received = received(fields, paid);
        return new MappedRow(payer.key(fields, paid.currency()), payee.key(fields, received.currency()), paid, received,
                code(code.of(fields)), reference.of(fields), date(timestamp.of(fields)));
    }

    /** The account through which amounts of a currency pass on their way into another. */
    AccountKey position(Currency positionCurrency) {
        return AccountKey.of("fx", "FX position " + positionCurrency, positionType, positionCurrency, "", "");
    }

    private Money received(List<String> fields, Money paid) throws RowRefused {
        String receivedIn = receivedCurrency.of(fields);
        String receivedText = receivedAmount.of(fields);
        Currency to = receivedIn.isEmpty() ? paid.currency() : currency(receivedIn);
        if (receivedText.isEmpty() && to == paid.currency()) {
            return paid;
        }
        Money received = money(receivedText, to);
        if (to == paid.currency() && received.minor() != paid.minor()) {
            throw new RowRefused(RowCode.AMOUNTS_DIFFER, paid + " paid, " + received + " received");
        }
        return received;
    }

    private Currency currency(String text) throws RowRefused {
        Currency named = currencies.get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : Currency.find(text).filter(found -> !found.isUnit()).orElseThrow(
                () -> new RowRefused(RowCode.UNKNOWN_CURRENCY, "'" + text + "'"));
    }

    private static Money money(String text, Currency currency) throws RowRefused {
        if (!DECIMAL.matcher(text).matches()) {
            throw new RowRefused(RowCode.MALFORMED_AMOUNT, "'" + text + "'");
        }
        BigDecimal minor = new BigDecimal(text).movePointRight(currency.minorDigits()).stripTrailingZeros();
        if (minor.scale() > 0) {
            throw new RowRefused(RowCode.AMOUNT_TOO_FINE, text + ": " + currency + " has " + currency.minorDigits() + " digits");
        }
        if (minor.compareTo(BigDecimal.valueOf(Transfer.MAX_AMOUNT)) > 0) {
            throw new RowRefused(RowCode.AMOUNT_TOO_LARGE, text + " " + currency);
        }
        // Below the range of a long only for absurd negative numbers, which the ledger refuses at any size.
        return Money.of(minor.max(BigDecimal.valueOf(-Transfer.MAX_AMOUNT)).longValueExact(), currency);
    }

    private int code(String text) throws RowRefused {
        Integer mapped = codes.get(text);
        if (mapped != null || text.isEmpty()) {
            return mapped == null ? 0 : mapped;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through: the row is refused.
        }
        throw new RowRefused(RowCode.MALFORMED_CODE, "'" + text + "'");
    }

    private LocalDate date(String text) throws RowRefused {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.equals(lastTime)) {
            try {
                lastDate = LocalDate.from(pattern.parse(text));
                lastTime = text;
            } catch (DateTimeException e) {
                throw new RowRefused(RowCode.MALFORMED_TIMESTAMP, "'" + text + "'");
            }
        }
        return lastDate;
    }
}
