package io.partita.member.intake;

import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the columns of a file become transfers: a properties file, described in docs/import.md. Immutable.
 *
 * @param name       a built-in name, or the path of its file
 * @param columns    our name of a column to the names that it may have in a header; "-" among them allows its absence
 * @param settings   the other keys
 * @param currencies names of currencies in the file, in lower case, to the currency
 * @param codes      texts in the file to codes
 */
public record Mapping(String name, Map<String, List<String>> columns, Map<String, String> settings,
                      Map<String, Currency> currencies, Map<String, Integer> codes) {

    /** Names of the mappings that come with Partita, in the order in which they are tried on a header. */
    public static final List<String> BUILT_IN = List.of("ibm-aml", "plain");

    private static final Set<String> REQUIRED = Set.of("payer.account", "payer.name", "payee.account", "payee.name",
            "amount", "currency");
    private static final Set<String> OPTIONAL = Set.of("title", "payer.parent", "payer.parent.name", "payee.parent",
            "payee.parent.name", "account.type", "received.amount", "received.currency", "position.type", "timestamp",
            "timestamp.pattern", "reference", "code");

    /** A built-in mapping by name, or else the mapping in a file. */
    public static Mapping load(String nameOrFile) {
        if (BUILT_IN.contains(nameOrFile)) {
            return builtIn(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new MappingException("There is no mapping '" + nameOrFile + "': give the path of a mapping file or one of "
                    + String.join(", ", BUILT_IN));
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(nameOrFile, reader);
        } catch (IOException e) {
            throw new MappingException("Cannot read the mapping " + file + ": " + e.getMessage());
        }
    }

    /** The built-in mapping that fits a file's header, if any does. */
    public static Optional<Mapping> detect(List<String> header) {
        return BUILT_IN.stream().map(Mapping::builtIn).filter(mapping -> mapping.missing(header).isEmpty()).findFirst();
    }

    private static Mapping builtIn(String name) {
        try (InputStream in = Mapping.class.getResourceAsStream(name + ".properties")) {
            return read(name, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a mapping; throws {@link MappingException} with the key that is wrong. */
    static Mapping read(String name, Reader text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(text);
        } catch (IllegalArgumentException e) {
            throw new MappingException("Cannot read the mapping " + name + ": " + e.getMessage());
        }
        Map<String, List<String>> columns = new TreeMap<>();
        Map<String, String> settings = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            if (key.startsWith("column.")) {
                columns.put(key.substring("column.".length()), split(value, "\\|"));
            } else if (REQUIRED.contains(key) || OPTIONAL.contains(key)) {
                settings.put(key, value);
            } else if (!key.equals("currencies") && !key.equals("codes")) {
                throw new MappingException("The mapping " + name + " has the unknown key '" + key + "'");
            }
        }
        for (String key : REQUIRED) {
            if (settings.getOrDefault(key, "").isEmpty()) {
                throw new MappingException("The mapping " + name + " lacks the key '" + key + "'");
            }
        }
        return new Mapping(name, columns, settings, currencies(name, properties.getProperty("currencies", "")),
                codes(name, properties.getProperty("codes", "")));
    }

    private static Map<String, Currency> currencies(String mapping, String text) {
        Map<String, Currency> currencies = new HashMap<>();
        pairs(mapping, "currencies", text).forEach((key, code) -> currencies.put(key.toLowerCase(Locale.ROOT),
                Currency.find(code).filter(found -> !found.isUnit()).orElseThrow(() -> new MappingException(
                        "'currencies' of the mapping " + mapping + ": '" + code + "' is no ISO 4217 code"))));
        return currencies;
    }

    private static Map<String, Integer> codes(String mapping, String text) {
        Map<String, Integer> codes = new HashMap<>();
        pairs(mapping, "codes", text).forEach((key, code) -> {
            try {
                codes.put(key, Integer.parseUnsignedInt(code));
            } catch (NumberFormatException e) {
                throw new MappingException("'codes' of the mapping " + mapping + ": '" + code + "' is no number");
            }
        });
        return codes;
    }

    private static Map<String, String> pairs(String mapping, String key, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : split(text, ",")) {
            int colon = pair.lastIndexOf(':');
            if (colon < 0) {
                throw new MappingException("'" + key + "' of the mapping " + mapping + ": write '" + pair
                        + "' as 'text in the file: what it means', with commas between");
            }
            pairs.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
        }
        return pairs;
    }

    private static List<String> split(String text, String separator) {
        return Arrays.stream(text.split(separator)).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** What people call it. */
    public String title() {
        return settings.getOrDefault("title", name);
    }

    String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    AccountType type(String key, AccountType otherwise) {
        String text = setting(key);
        try {
            return text.isEmpty() ? otherwise : AccountType.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MappingException("'" + key + "' of the mapping " + name + " is '" + text + "'; use one of "
                    + Arrays.toString(AccountType.values()));
        }
    }

    /** Required columns that a header does not have. */
    List<String> missing(List<String> header) {
        List<String> names = numbered(header);
        return columns.values().stream()
                .filter(alternatives -> !alternatives.contains("-") && alternatives.stream().noneMatch(names::contains))
                .map(alternatives -> String.join(" or ", alternatives)).toList();
    }

    /** Fits the mapping to a file's header. */
    RowMapper bind(List<String> header) {
        List<String> missing = missing(header);
        if (!missing.isEmpty()) {
            throw new MappingException("The mapping " + name + " does not fit the file: it lacks the column"
                    + (missing.size() == 1 ? " " : "s ") + String.join("; ", missing) + ". Its header is: "
                    + String.join(",", header));
        }
        List<String> names = numbered(header);
        Map<String, Integer> places = new HashMap<>();
        columns.forEach((column, alternatives) -> places.put(column,
                alternatives.stream().mapToInt(names::indexOf).filter(place -> place >= 0).findFirst().orElse(-1)));
        return new RowMapper(this, places, header.size());
    }

    /** A header's names without blanks; the second "Account" of a header is called "Account#2". */
    private static List<String> numbered(List<String> header) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String field : header) {
            String column = field.strip();
            int count = seen.merge(column, 1, Integer::sum);
            names.add(count == 1 ? column : column + '#' + count);
        }
        return names;
    }
}
