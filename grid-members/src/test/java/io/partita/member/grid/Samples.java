package io.partita.member.grid;

import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Thresholds;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.ticks.Fault;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Values of records by chance, the same for the same name: what their constructors refuse is drawn again. */
final class Samples {

    private static final int ATTEMPTS = 5_000;
    private static final List<String> WORDS = List.of("EUR", "ALPHA", "1m", "rsi(14) < 30", "grid", "reuters/a", "some words", "BUY", "close");

    private final Random random;

    Samples(String name) {
        random = new Random(name.hashCode());
    }

    /** A value of a record, in which all parts are such that it can be. */
    Object of(Class<?> type) {
        if (type == Thresholds.class) {
            return Thresholds.standard().with(AnomalyKind.values()[0], 3.5);
        }
        IllegalArgumentException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return record(type);
            } catch (IllegalArgumentException refused) {
                last = refused;
            }
        }
        throw new IllegalStateException("no sample of " + type, last);
    }

    private Object drawn(Type type) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                Type element = generic.getActualTypeArguments()[0];
                // Numbers by themselves are those of all indicators, and of all faults.
                int count = element == Double.class ? IndicatorRow.FIELDS.size() : element == Long.class ? Fault.values().length : 2;
                return IntStream.range(0, count).mapToObj(each -> drawn(element)).toList();
            }
            if (generic.getRawType() == Set.class) {
                return Set.of(drawn(generic.getActualTypeArguments()[0]));
            }
            return Map.of(drawn(generic.getActualTypeArguments()[0]), drawn(generic.getActualTypeArguments()[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isArray()) {
            Object array = Array.newInstance(plain.getComponentType(), 3);
            for (int i = 0; i < 3; i++) {
                Array.set(array, i, drawn(plain.getComponentType()));
            }
            return array;
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        if (plain.isRecord()) {
            return of(plain);
        }
        if (plain.isSealed()) {
            Class<?>[] all = plain.getPermittedSubclasses();
            Arrays.sort(all, Comparator.comparing(Class::getName));
            return drawn(all[random.nextInt(all.length)]);
        }
        return scalar(plain);
    }

    private Object scalar(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "long", "Long" -> random.nextInt(4) == 0 ? 0L : random.nextInt(1_000_000);
            case "int", "Integer" -> random.nextInt(4);
            case "short", "Short" -> (short) random.nextInt(4);
            case "byte", "Byte" -> (byte) random.nextInt(4);
            case "boolean", "Boolean" -> random.nextBoolean();
            case "double", "Double" -> random.nextInt(100) / 8.0;
            case "float", "Float" -> random.nextInt(100) / 8f;
            case "String" -> WORDS.get(random.nextInt(WORDS.size()));
            case "BigDecimal" -> random.nextInt(3) == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(random.nextInt(100_000), 2);
            case "BigInteger" -> BigInteger.valueOf(random.nextInt(1_000_000));
            case "Instant" -> Instant.ofEpochSecond(1_700_000_000L + random.nextInt(10_000_000));
            case "LocalDate" -> LocalDate.ofEpochDay(20_000 + random.nextInt(1_000));
            case "UUID" -> new UUID(random.nextLong(), random.nextLong());
            default -> named(type);
        };
    }

    /** Of a class with values that have names. */
    private Object named(Class<?> type) {
        try {
            Method factory = Arrays.stream(type.getMethods()).filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type
                            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class})).min(Comparator.comparing(Method::getName))
                    .orElseThrow(() -> new IllegalStateException("no sample of " + type));
            return factory.invoke(null, WORDS.get(random.nextInt(WORDS.size())));
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(refused.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = drawn(components[i].getGenericType());
            }
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException why) {
                throw why instanceof IllegalArgumentException ? why : new IllegalArgumentException(why);
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
