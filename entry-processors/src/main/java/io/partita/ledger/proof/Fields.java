package io.partita.ledger.proof;

import io.partita.ledger.journal.MerkleHash;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * The members of a JSON object, each taken once and by its type. What is missing, of another type or left over at the
 * {@link #end()} is an {@link IllegalArgumentException} that names the member. Not thread-safe.
 */
final class Fields {

    private final String path;
    private final Map<String, Object> members;

    Fields(String path, Map<String, Object> members) {
        this.path = path;
        this.members = members;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Nothing may be left: what no hash covers has no place in evidence. */
    void end() {
        if (!members.isEmpty()) {
            throw new IllegalArgumentException("'" + path + members.keySet().iterator().next() + "' does not belong here");
        }
    }

    String text(String name) {
        return take(name, String.class);
    }

    String text(String name, String whenAbsent) {
        return has(name) ? text(name) : whenAbsent;
    }

    long number(String name) {
        return take(name, Long.class);
    }

    int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new IllegalArgumentException("'" + path + name + "' is out of range");
        }
        return (int) number;
    }

    /** A whole number written as text, since some readers of JSON know only 53 bits. */
    long longText(String name) {
        return convert(name, Long::parseLong);
    }

    UUID uuid(String name) {
        return convert(name, UUID::fromString);
    }

    UUID uuidOrNull(String name) {
        return has(name) ? uuid(name) : null;
    }

    byte[] hash(String name) {
        byte[] hash = hex(name);
        if (hash.length != MerkleHash.SIZE) {
            throw new IllegalArgumentException("'" + path + name + "' is not a hash of " + MerkleHash.SIZE + " bytes");
        }
        return hash;
    }

    byte[] hex(String name) {
        return convert(name, HexFormat.of()::parseHex);
    }

    byte[] base64(String name) {
        return convert(name, Base64.getDecoder()::decode);
    }

    /** A time, as microseconds since the epoch. */
    long time(String name) {
        return convert(name, text -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)));
    }

    long time(String name, long whenAbsent) {
        return has(name) ? time(name) : whenAbsent;
    }

    /** A date, as its epoch day. */
    int date(String name, int whenAbsent) {
        return has(name) ? convert(name, text -> Math.toIntExact(LocalDate.parse(text).toEpochDay())) : whenAbsent;
    }

    <E extends Enum<E>> E constant(Class<E> type, String name) {
        return convert(name, text -> Enum.valueOf(type, text));
    }

    /** A text, converted; any complaint of the conversion is about this member. */
    <T> T convert(String name, Function<String, T> conversion) {
        String text = text(name);
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("'" + path + name + "' is '" + text + "', which it cannot be", e);
        }
    }

    List<byte[]> hashes(String name) {
        List<byte[]> hashes = new ArrayList<>();
        for (Object element : take(name, List.class)) {
            hashes.add(new Fields(path, new TreeMap<>(Map.of(name, element))).hash(name));
        }
        return hashes;
    }

    /** A list of lists of so many numbers each. */
    List<long[]> numbers(String name, int width) {
        List<long[]> rows = new ArrayList<>();
        for (Object element : take(name, List.class)) {
            if (!(element instanceof List<?> row) || row.size() != width || !row.stream().allMatch(Long.class::isInstance)) {
                throw new IllegalArgumentException("'" + path + name + "' is not a list of " + width + " numbers each");
            }
            rows.add(row.stream().mapToLong(Long.class::cast).toArray());
        }
        return rows;
    }

    Fields object(String name) {
        return new Fields(path + name + '.', members(take(name, Map.class)));
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : take(name, List.class)) {
            if (!(element instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("'" + path + name + "' is not a list of objects");
            }
            objects.add(new Fields(path + name + '.', members(object)));
        }
        return objects;
    }

    /** An object whose members are all texts. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, Object> found = members(take(name, Map.class));
        for (String key : List.copyOf(found.keySet())) {
            texts.put(key, new Fields(path + name + '.', found).text(key));
        }
        return texts;
    }

    private static Map<String, Object> members(Map<?, ?> object) {
        Map<String, Object> members = new TreeMap<>();
        object.forEach((key, value) -> members.put((String) key, value));
        return members;
    }

    private <T> T take(String name, Class<T> type) {
        Object value = members.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + path + name + "' is missing");
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("'" + path + name + "' is " + value + ", which it cannot be");
        }
        return type.cast(value);
    }
}
