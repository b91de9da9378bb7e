package io.partita.member.intake;

import io.partita.positions.PositionRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which column of a file has which field, by the names in its header; capitals do not count. */
final class RowColumns {

    /**
     * A field, and the names that its column may have.
     *
     * @param required whether the file has to have it
     */
    record Field(String name, boolean required, Set<String> names) {

        static Field required(String name, String... others) {
            return new Field(name, true, names(name, others));
        }

        static Field optional(String name, String... others) {
            return new Field(name, false, names(name, others));
        }

        private static Set<String> names(String name, String... others) {
            Set<String> names = new HashSet<>(Set.of(others));
            names.add(name);
            return names;
        }
    }

    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, String> constants;
    private final int count;

    /**
     * @param constants of fields that are no columns of the file
     * @param ignored   names of columns that are passed over
     * @throws ImportStopped if the header has a column that is not known, one twice, or lacks one
     */
    RowColumns(List<String> header, List<Field> fields, Map<String, String> constants, Set<String> ignored) {
        this.constants = constants;
        count = header.size();
        Set<String> passed = ignored.stream().map(RowColumns::plain).collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = plain(header.get(i));
            Field field = fields.stream().filter(one -> one.names.contains(name)).findFirst().orElse(null);
            if (passed.contains(name)) {
                continue;
            }
            if (field == null || constants.containsKey(field.name)) {
                unknown.add(header.get(i).strip());
            } else if (columns.put(field.name, i) != null) {
                throw stopped("two columns are the " + field.name);
            }
        }
        if (!unknown.isEmpty()) {
            throw stopped("there is no field for " + String.join(", ", unknown) + "; pass over what is not needed with --ignore NAME,...");
        }
        List<String> missing = fields.stream().filter(field -> field.required && !columns.containsKey(field.name)
                && !constants.containsKey(field.name))
                .map(field -> String.join("|", field.names.stream().sorted().toList())).toList();
        if (!missing.isEmpty()) {
            throw stopped("there is no column for " + String.join(", ", missing));
        }
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static ImportStopped stopped(String detail) {
        return new ImportStopped(PositionRefusal.UNKNOWN_COLUMN + " in the header: " + detail + ".");
    }

    /** Whether a row has as many fields as the header. */
    boolean fit(CsvRow row) {
        return row.fields().size() == count;
    }

    /** A field of a row; null if the file does not have it. */
    String of(CsvRow row, String field) {
        Integer column = columns.get(field);
        return column == null ? constants.get(field) : row.fields().get(column);
    }
}
