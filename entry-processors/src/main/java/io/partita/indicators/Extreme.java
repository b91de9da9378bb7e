package io.partita.indicators;

/** The largest or smallest of the last so many values, and how long ago it was: what a later one has outdone is forgotten at once. */
final class Extreme {

    private static final int COUNT = 0;
    private static final int HEAD = 1;
    private static final int SIZE = 2;
    private static final int RING = 3;

    private final Memory memory;
    private final int length;
    private final double sign;
    private final int at;

    private Extreme(Memory memory, int length, double sign) {
        this.memory = memory;
        this.length = length;
        this.sign = sign;
        at = memory.reserve(RING + 2 * length);
    }

    static Extreme highest(Memory memory, int length) {
        return new Extreme(memory, length, 1);
    }

    static Extreme lowest(Memory memory, int length) {
        return new Extreme(memory, length, -1);
    }

    double add(double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        double count = memory.get(at + COUNT);
        int head = (int) memory.get(at + HEAD);
        int size = (int) memory.get(at + SIZE);
        if (size > 0 && memory.get(stamp(head)) <= count - length) {
            head = (head + 1) % length;
            size--;
        }
        double signed = sign * value;
        while (size > 0 && memory.get(stamp(head + size - 1) + 1) <= signed) {
            size--;
        }
        memory.set(stamp(head + size), count);
        memory.set(stamp(head + size) + 1, signed);
        memory.set(at + COUNT, count + 1);
        memory.set(at + HEAD, head);
        memory.set(at + SIZE, size + 1.0);
        return count + 1 < length ? Double.NaN : sign * memory.get(stamp(head) + 1);
    }

    private int stamp(int place) {
        return at + RING + 2 * (place % length);
    }

    /** How many values came after the extreme one; of equal ones the last counts. */
    double age() {
        return memory.get(at + COUNT) < length ? Double.NaN : memory.get(at + COUNT) - 1 - memory.get(stamp((int) memory.get(at + HEAD)));
    }
}
