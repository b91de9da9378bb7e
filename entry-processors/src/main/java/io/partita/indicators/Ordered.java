package io.partita.indicators;

/**
 * The last so many values in order of size, as a treap whose nodes are the places of a ring: any rank, median or mean distance in logarithmic time
 * (Seidel and Aragon, Randomized Search Trees, Algorithmica 16, 1996). Answers are NaN until there are as many values as it is long. Not thread-safe.
 */
public final class Ordered {

    private static final int NONE = -1;
    private static final int COUNT = 0;
    private static final int ROOT = 1;
    private static final int NODES = 2;
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int VALUE = 2;
    private static final int SIZE = 3;
    private static final int SUM = 4;
    private static final int CELLS = 5;

    private final Memory memory;
    private final int length;
    private final int at;
    /** What a split leaves. */
    private int low;
    private int high;

    /** @throws IllegalArgumentException if the length is not between 1 and 50,000 */
    public Ordered(int length) {
        this(new Memory(), length);
    }

    Ordered(Memory memory, int length) {
        Window.check(length);
        this.memory = memory;
        this.length = length;
        at = memory.reserve(NODES + CELLS * length);
        memory.set(at + ROOT, NONE);
    }

    /** Takes a value, unless it is NaN. */
    public void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        long count = (long) memory.get(at + COUNT);
        int node = (int) (count % length);
        int root = (int) memory.get(at + ROOT);
        if (count >= length) {
            root = remove(root, node);
        }
        set(node, VALUE, value);
        set(node, LEFT, NONE);
        set(node, RIGHT, NONE);
        pull(node);
        memory.set(at + ROOT, insert(root, node));
        memory.set(at + COUNT, count + 1.0);
    }

    public boolean full() {
        return memory.get(at + COUNT) >= length;
    }

    public double median() {
        return full() ? (ranked((length - 1) / 2) + ranked(length / 2)) / 2 : Double.NaN;
    }

    private double ranked(int rank) {
        int node = (int) memory.get(at + ROOT);
        int left = rank;
        while (true) {
            int below = size(child(node, LEFT));
            if (left == below) {
                return get(node, VALUE);
            }
            node = child(node, left < below ? LEFT : RIGHT);
            left -= left < below ? 0 : below + 1;
        }
    }

    /** Which part of the values is smaller. */
    double rank(double value) {
        return full() ? below(value, false) / length : Double.NaN;
    }

    /** The mean of the distances from a value. */
    double distance(double from) {
        if (!full()) {
            return Double.NaN;
        }
        double count = below(from, false);
        double sum = below(from, true);
        double total = get((int) memory.get(at + ROOT), SUM);
        return (total - 2 * sum - from * (length - 2 * count)) / length;
    }

    /** How many are smaller, or their sum. */
    private double below(double value, boolean sum) {
        double total = 0;
        int node = (int) memory.get(at + ROOT);
        while (node != NONE) {
            if (get(node, VALUE) < value) {
                int left = child(node, LEFT);
                total += sum ? get(node, VALUE) + sum(left) : 1 + size(left);
                node = child(node, RIGHT);
            } else {
                node = child(node, LEFT);
            }
        }
        return total;
    }

    private int insert(int tree, int node) {
        if (tree == NONE) {
            return node;
        }
        if (priority(node) > priority(tree)) {
            split(tree, node);
            set(node, LEFT, low);
            set(node, RIGHT, high);
            return pull(node);
        }
        int side = before(node, tree) ? LEFT : RIGHT;
        set(tree, side, insert(child(tree, side), node));
        return pull(tree);
    }

    private int remove(int tree, int node) {
        if (tree == node) {
            return merge(child(tree, LEFT), child(tree, RIGHT));
        }
        int side = before(node, tree) ? LEFT : RIGHT;
        set(tree, side, remove(child(tree, side), node));
        return pull(tree);
    }

    private void split(int tree, int node) {
        if (tree == NONE) {
            low = NONE;
            high = NONE;
        } else if (before(tree, node)) {
            split(child(tree, RIGHT), node);
            set(tree, RIGHT, low);
            low = pull(tree);
        } else {
            split(child(tree, LEFT), node);
            set(tree, LEFT, high);
            high = pull(tree);
        }
    }

    private int merge(int left, int right) {
        if (left == NONE || right == NONE) {
            return left == NONE ? right : left;
        }
        if (priority(left) > priority(right)) {
            set(left, RIGHT, merge(child(left, RIGHT), right));
            return pull(left);
        }
        set(right, LEFT, merge(left, child(right, LEFT)));
        return pull(right);
    }

    /** Of equal values the place in the ring decides, so that each node can be found again. */
    private boolean before(int node, int other) {
        int order = Double.compare(get(node, VALUE), get(other, VALUE));
        return order < 0 || order == 0 && node < other;
    }

    /** As good as random, and the same on every member. */
    private static int priority(int node) {
        int mixed = (node + 1) * 0x9e3779b9;
        mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }

    private int pull(int node) {
        int left = child(node, LEFT);
        int right = child(node, RIGHT);
        set(node, SIZE, 1.0 + size(left) + size(right));
        set(node, SUM, get(node, VALUE) + sum(left) + sum(right));
        return node;
    }

    private int child(int node, int side) {
        return (int) get(node, side);
    }

    private int size(int node) {
        return node == NONE ? 0 : (int) get(node, SIZE);
    }

    private double sum(int node) {
        return node == NONE ? 0 : get(node, SUM);
    }

    private double get(int node, int cell) {
        return memory.get(at + NODES + CELLS * node + cell);
    }

    private void set(int node, int cell, double value) {
        memory.set(at + NODES + CELLS * node + cell, value);
    }
}
