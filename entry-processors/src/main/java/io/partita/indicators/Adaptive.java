package io.partita.indicators;

/** Exponential smoothing with another weight each time. Until there is a weight it stands where the price stands. */
final class Adaptive {

    private final Cell value;

    Adaptive(Memory memory) {
        value = new Cell(memory);
    }

    double add(double next, double weight) {
        if (Double.isNaN(weight)) {
            value.set(next);
            return weight;
        }
        return value.set(value.get() + weight * (next - value.get()));
    }
}
