package io.partita.member.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with columns in it, such as {@code {bank|number}:{account}}. {@code number} takes the leading zeros off, so that
 * "012" and "12" are the same bank. Immutable.
 */
final class Template {

    private static final Pattern COLUMN = Pattern.compile("\\{([A-Za-z0-9_]+)(\\|number)?}");

    /** A piece of fixed text (column below zero), or a column. */
    private record Part(String text, int column, boolean number) {
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @param columns place of each column in a row; a place below zero stands for a column that is absent, hence empty
     * @throws MappingException if it names a column that is not mapped
     */
    static Template parse(String key, String text, Map<String, Integer> columns) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(text);
        int from = 0;
        while (matcher.find()) {
            literal(parts, key, text.substring(from, matcher.start()));
            Integer column = columns.get(matcher.group(1));
            if (column == null) {
                throw new MappingException("'" + key + "' uses {" + matcher.group(1) + "}, but there is no 'column."
                        + matcher.group(1) + "'");
            }
            if (column >= 0) {
                parts.add(new Part("", column, matcher.group(2) != null));
            }
            from = matcher.end();
        }
        literal(parts, key, text.substring(from));
        return new Template(parts);
    }

    private static void literal(List<Part> parts, String key, String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new MappingException("'" + key + "': cannot read '" + text + "'; write columns as {name} or {name|number}");
        }
        if (!text.isEmpty()) {
            parts.add(new Part(text, -1, false));
        }
    }

    /** The text for a row, without blanks at its ends. */
    String of(List<String> fields) {
        if (parts.size() == 1) {
            return value(parts.getFirst(), fields).strip();
        }
        StringBuilder out = new StringBuilder(48);
        for (Part part : parts) {
            out.append(value(part, fields));
        }
        return out.toString().strip();
    }

    /** Whether any column of it is empty in the row. */
    boolean lacksColumn(List<String> fields) {
        for (Part part : parts) {
            if (part.column >= 0 && fields.get(part.column).isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static String value(Part part, List<String> fields) {
        if (part.column < 0) {
            return part.text;
        }
        String field = fields.get(part.column).strip();
        return part.number ? withoutLeadingZeros(field) : field;
    }

    private static String withoutLeadingZeros(String text) {
        int from = 0;
        while (from < text.length() - 1 && text.charAt(from) == '0') {
            from++;
        }
        return text.substring(from);
    }
}
